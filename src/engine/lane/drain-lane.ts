import { randomUUID } from "node:crypto"
import { assertNever, type HubFailure } from "../../lib/errors"
import { askToProbe } from "../breaker/lane-breaker"
import { failpoint } from "../failpoint"
import { externalIds, isWrite, leaseMsOf, type Claim, type Decided, type LaneContext } from "./batch"
import { claimRows } from "./claim-rows"
import { decideBatch } from "./decide-batch"
import { findHalt, hasAnswered } from "./judge-outcomes"
import type { LaneOutcome } from "./lane-reducer"
import { giveUp } from "./give-up"
import { loadLane } from "./load-lane"
import { reportOutcomes } from "./report-outcomes"
import { explainPreview, sendWrites } from "./send-writes"
import { settleRows } from "./settle-rows"
import { isExclusive } from "./share-exclusive"

export interface LaneReport {
  /** Rows that were taken up; 0 when there was nothing to do. */
  readonly claimed: number
  readonly written: number
  readonly acknowledgedWithoutCall: number
  /** Rows that may only be raised once the channel's orders have been read. */
  readonly waitingForOrders: number
  /** Calls that carried stock to the channel. */
  readonly calls: number
  /** Set when the connection as a whole cannot go on, for example because its credentials were refused. */
  readonly halted: HubFailure | null
  /** The channel has answered although it had not before. */
  readonly hasRecovered: boolean
}

const NOTHING_DONE: LaneReport = {
  claimed: 0,
  written: 0,
  acknowledgedWithoutCall: 0,
  waitingForOrders: 0,
  calls: 0,
  halted: null,
  hasRecovered: false,
}

function outcomeWithoutCall({ decision, seen }: Decided): LaneOutcome | null {
  switch (decision.kind) {
    case "write":
      return null
    case "wait":
      return seen ? { ...decision, seen } : decision
    case "acknowledge":
    case "hold":
    case "skip":
    case "fail":
      return decision
    default:
      return assertNever(decision)
  }
}

const settle = (
  { sql, connection }: LaneContext,
  { token, claimed }: Claim,
  outcomes: ReadonlyMap<string, LaneOutcome>,
  decided: readonly Decided[] = []
): Promise<void> =>
  settleRows(sql, outcomes, {
    token,
    claimedAt: claimed.claimedAt,
    lateApplyWindowMs: connection.traits.lateApplyWindowMs,
    random: Math.random,
    exclusiveIds: new Set(
      decided.flatMap(({ row, loaded }) => (loaded !== null && isExclusive(loaded) ? [row.id] : []))
    ),
  })

async function workOff(context: LaneContext, claim: Claim): Promise<LaneReport> {
  const { sql, connection } = context
  const { claimed, lane } = claim
  const ids = await externalIds(sql, claimed.rows)
  const decided = await decideBatch(context, claim, ids)
  await explainPreview(context, claim, decided)
  const { outcomes, calls } = await sendWrites(context, claim, decided.filter(isWrite), ids)
  for (const item of decided) {
    const outcome = outcomes.has(item.row.id) ? null : outcomeWithoutCall(item)
    if (outcome) {
      outcomes.set(item.row.id, outcome)
    }
  }
  await failpoint("lane.before-settle")
  const halted = findHalt([...outcomes.values()])
  if (connection.config.mostAttempts !== null && halted === null) {
    giveUp(claimed.rows, outcomes, connection.config.mostAttempts)
  }
  // Told before it is settled: a process that dies in between tells it twice, which is counted and not repeated.
  await reportOutcomes(sql, connection, claimed.rows, outcomes)
  await settle(context, claim, outcomes, decided)
  const all = [...outcomes.values()]
  return {
    claimed: claimed.rows.length,
    written: all.filter((outcome) => outcome.kind === "written").length,
    acknowledgedWithoutCall: all.filter((outcome) => outcome.kind === "acknowledge").length,
    waitingForOrders: all.filter((outcome) => outcome.kind === "wait").length,
    calls,
    halted,
    hasRecovered: lane.breaker.failures > 0 && hasAnswered(all),
  }
}

/**
 * Works off one batch of a connection: claim, read stock, decide, explain, push, settle.
 *
 * Stock is read only after the claim is committed, so whatever changes later makes the row stale again and the newest
 * value always wins.
 */
export async function drainLaneOnce(context: LaneContext): Promise<LaneReport> {
  const { sql, connection } = context
  const loaded = await loadLane(sql, connection.id)
  if (!loaded || (loaded.breaker.notBefore ?? 0) > loaded.now) {
    return NOTHING_DONE
  }
  // A connection that may not write computes and explains as one in shadow does.
  const lane: typeof loaded = connection.config.allowed.has("write-stock") ? loaded : { ...loaded, writeMode: "shadow" }
  const leaseMs = leaseMsOf(context)
  const permission = lane.breaker.state === "closed" ? "go" : await askToProbe(sql, connection.id, leaseMs)
  if (permission === "wait") {
    return NOTHING_DONE
  }
  const token = randomUUID()
  const begun = performance.now()
  const claimed = await claimRows(sql, {
    connectionId: connection.id,
    limit: permission === "probe" ? 1 : connection.traits.maxBatch,
    token,
    leaseMs,
    lateApplyWindowMs: connection.traits.lateApplyWindowMs,
  })
  if (claimed.rows.length === 0) {
    return NOTHING_DONE
  }
  await failpoint("lane.claimed")
  const claim: Claim = { token, begun, lane, claimed, isSent: false }
  try {
    return await workOff(context, claim)
  } catch (error) {
    if (!claim.isSent) {
      // Nothing has left us, so nobody has to wait for the lease to end.
      await settle(context, claim, new Map(claimed.rows.map((row) => [row.id, { kind: "released" }])))
    }
    throw error
  }
}
