import type { LaneOutcome } from "../lane-reducer"
import type { LaneRow } from "../lane-row"
import { PRODUCTION, type Reducers, type WorldOptions } from "./lane-phases"

type Planted = Pick<WorldOptions, "rough" | "reducers" | "readBeforeClaim">

const { markStale, claimRow, decideRow, settleRow } = PRODUCTION

const withBug = (bug: Partial<Reducers>, rough: boolean): Planted => ({ rough, reducers: { ...PRODUCTION, ...bug } })

const afterSettling = (
  settle: (row: LaneRow, before: LaneRow, outcome: LaneOutcome) => LaneRow
): Partial<Reducers> => ({
  settleRow: (row, outcome, settlement) => {
    const settled = settleRow(row, outcome, settlement)
    return settled && settle(settled, row, outcome)
  },
})

const resultOf = (outcome: LaneOutcome): string => (outcome.kind === "written" ? outcome.result.status : outcome.kind)

/** Mistakes that one could make in the reducers. Each has to be found, or the properties prove nothing. */
export const PLANTED_BUGS: Readonly<Record<string, Planted>> = {
  "the stock is read before the row is claimed": { rough: false, readBeforeClaim: true },
  "a lease does not keep others away": withBug(
    { claimRow: (row, claim) => claimRow({ ...row, leaseUntil: null }, claim) },
    false
  ),
  "settling ignores the lease token": withBug(
    {
      settleRow: (row, outcome, settlement) =>
        settleRow(row, outcome, { ...settlement, token: row.leaseToken ?? settlement.token }),
    },
    true
  ),
  "a timeout counts as a failure": withBug(
    {
      settleRow: (row, outcome, settlement) =>
        settleRow(
          row,
          outcome.kind === "written" && outcome.result.status === "unknown"
            ? { ...outcome, result: { status: "failed", failure: { kind: "transient", message: "timeout" } } }
            : outcome,
          settlement
        ),
    },
    true
  ),
  "a timeout is not rechecked": withBug(
    afterSettling((row, before, outcome) =>
      resultOf(outcome) === "unknown" ? { ...row, recheckAt: before.recheckAt } : row
    ),
    true
  ),
  "the first write after a timeout counts as its recheck": withBug(
    afterSettling((row, _before, outcome) =>
      resultOf(outcome) === "accepted"
        ? { ...row, recheckAt: null, state: row.staleVersion > row.ackedVersion ? "pending" : "in-sync" }
        : row
    ),
    true
  ),
  "a recheck is content with what was accepted before": withBug(
    { decideRow: (row, computed, context) => decideRow({ ...row, recheckAt: null }, computed, context) },
    true
  ),
  "a refusal or a skip forgets the recheck": withBug(
    afterSettling((row, _before, outcome) =>
      row.state === "failed" || resultOf(outcome) === "skip" ? { ...row, recheckAt: null } : row
    ),
    true
  ),
  "a lease that ran out counts as a lease that was given back": withBug(
    { claimRow: (row, claim) => claimRow({ ...row, leaseToken: null }, claim) },
    true
  ),
  "a write of a worker that died is not rechecked": withBug(
    {
      claimRow: (row, claim) => {
        const claimed = claimRow(row, claim)
        return claimed && { ...claimed, recheckAt: row.recheckAt }
      },
    },
    true
  ),
  "an answer counts although the channel sold during the write": withBug(
    afterSettling((row, _before, outcome) =>
      resultOf(outcome) === "accepted" && outcome.kind === "written" ? { ...row, acked: outcome.quantity } : row
    ),
    false
  ),
  "a conflict counts although the channel sold during the write": withBug(
    afterSettling((row, _before, outcome) =>
      outcome.kind === "written" && outcome.result.status === "conflict"
        ? { ...row, acked: outcome.result.observed }
        : row
    ),
    false
  ),
  "an answer counts for changes that came after the claim": withBug(
    afterSettling((row, _before, outcome) =>
      resultOf(outcome) === "accepted" ? { ...row, ackedVersion: row.staleVersion } : row
    ),
    false
  ),
  "a sale of the channel is an ordinary change": withBug(
    { markSoldByChannel: (row, causedAt) => markStale(row, { causedAt, urgency: 0 }) },
    false
  ),
  "the newest cause replaces the oldest": withBug(
    { markStale: (row, change) => ({ ...markStale(row, change), staleSince: change.causedAt }) },
    false
  ),
  "a claim that was given back loses its cause": withBug(
    afterSettling((row, before) => (row.claimedSince === null ? { ...row, staleSince: before.staleSince } : row)),
    false
  ),
}
