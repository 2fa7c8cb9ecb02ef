import { backoffMs } from "../../lib/backoff"
import { assertNever, isRetryable, type HubFailure } from "../../lib/errors"
import type { StockWriteOutcome } from "../../types/channel"
import { canClaim, earlier, isPending, later, type LaneRow } from "./lane-row"

/** Reason of a row whose last write was refused because the channel showed something else. Outlives later marks. */
const COMPARE_FAILED = "compare-failed"

/** How long a lower number on the channel may be a sale that we have not seen, so that nothing is raised over it. */
export const UNSEEN_SALE_GRACE_MS = 1_500

/** Something may have changed what the row should show. The SQL in `mark.ts` does the same for whole sets. */
export const markStale = (row: LaneRow, change: { causedAt: number; urgency: number }): LaneRow => ({
  ...row,
  staleVersion: row.staleVersion + 1,
  staleSince: earlier(row.staleSince, change.causedAt),
  priority: Math.max(row.priority, change.urgency),
  state: "pending",
  changeCount: row.changeCount + 1,
})

/** The channel sold or gave back units by itself: what it shows now is unknown until it is written again. */
export function markSoldByChannel(row: LaneRow, causedAt: number): LaneRow {
  const stale = markStale(row, { causedAt, urgency: 0 })
  return { ...stale, acked: null, unknownVersion: stale.staleVersion }
}

export interface Claim {
  readonly now: number
  readonly token: string
  /** Longer than a request may take plus the time in which the channel may still apply it. */
  readonly leaseMs: number
  readonly lateApplyWindowMs: number
}

/**
 * Takes up a row. The version is fixed here, before the stock is read: whatever changes later makes the row stale again.
 *
 * A lease that ran out belonged to a worker that died, perhaps with a write on its way. So what the channel shows is
 * unknown, and the row is written once more after the last moment at which that write can still arrive.
 */
export function claimRow(row: LaneRow, claim: Claim): LaneRow | null {
  if (!canClaim(row, claim.now)) {
    return null
  }
  const isOrphan = row.leaseToken !== null
  return {
    ...row,
    claimedVersion: row.staleVersion,
    claimedSince: earlier(row.claimedSince, row.staleSince) ?? claim.now,
    staleSince: null,
    leaseToken: claim.token,
    leaseUntil: claim.now + claim.leaseMs,
    acked: isOrphan ? null : row.acked,
    recheckAt: isOrphan ? later(row.recheckAt, claim.now + claim.lateApplyWindowMs) : row.recheckAt,
  }
}

/** What the quantity function said about a claimed row. */
export type Computed =
  | { readonly kind: "show"; readonly quantity: number }
  | { readonly kind: "leave"; readonly reason: string }
  | { readonly kind: "invalid"; readonly failure: HubFailure }

export type LaneDecision =
  /** The channel shows it already: no call. */
  | { readonly kind: "acknowledge"; readonly quantity: number }
  | { readonly kind: "write"; readonly quantity: number; readonly compareWith: number | null }
  /** Raising the number now could wipe out a sale that is on its way to us. */
  | { readonly kind: "wait"; readonly quantity: number; readonly until: number }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "fail"; readonly failure: HubFailure }

/** Decides what to do with a claimed row. */
export function decideRow(
  row: LaneRow,
  computed: Computed,
  context: { readonly now: number; readonly compareAndSet: boolean }
): LaneDecision {
  if (computed.kind === "leave") {
    return { kind: "skip", reason: computed.reason }
  }
  if (computed.kind === "invalid") {
    return { kind: "fail", failure: computed.failure }
  }
  const { quantity } = computed
  const isRecheckDue = row.recheckAt !== null && row.recheckAt <= context.now
  if (row.acked === quantity && !isRecheckDue) {
    return { kind: "acknowledge", quantity }
  }
  const quietAt = (row.observedAt ?? 0) + UNSEEN_SALE_GRACE_MS
  if (row.stateReason === COMPARE_FAILED && row.acked !== null && quantity > row.acked && quietAt > context.now) {
    return { kind: "wait", quantity, until: quietAt }
  }
  return { kind: "write", quantity, compareWith: context.compareAndSet ? row.acked : null }
}

/** How a decision ended. */
export type LaneOutcome =
  | { readonly kind: "acknowledge"; readonly quantity: number }
  | { readonly kind: "wait"; readonly quantity: number; readonly until: number }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "fail"; readonly failure: HubFailure }
  | { readonly kind: "written"; readonly quantity: number; readonly result: StockWriteOutcome }
  /** Nothing was sent: the lane stopped first (the connection was parked, the process is going down). */
  | { readonly kind: "released" }

export interface Settlement {
  readonly now: number
  readonly token: string
  /** When the row was claimed: only a write that was sent after `recheckAt` can be the recheck. */
  readonly claimedAt: number
  readonly lateApplyWindowMs: number
  /** From 0 up to 1, for the jitter. */
  readonly random: number
}

const released = (row: LaneRow): LaneRow => ({
  ...row,
  leaseToken: null,
  leaseUntil: null,
  staleSince: earlier(row.staleSince, row.claimedSince),
  claimedSince: null,
})

/** The recheck is done with once a write was claimed after it was due; until then a late write may still arrive. */
const openRecheck = (row: LaneRow, { claimedAt }: Settlement): number | null =>
  row.recheckAt !== null && row.recheckAt <= claimedAt ? null : row.recheckAt

/** The channel shows `quantity`, and it answers every change up to the claimed version. */
function acknowledged(row: LaneRow, quantity: number, settlement: Settlement): LaneRow {
  const settled: LaneRow = {
    ...row,
    leaseToken: null,
    leaseUntil: null,
    claimedSince: null,
    desired: quantity,
    // The channel may have sold before or after it took our number: only a later write can tell.
    acked: row.unknownVersion > row.claimedVersion ? null : quantity,
    ackedVersion: Math.max(row.ackedVersion, row.claimedVersion),
    recheckAt: openRecheck(row, settlement),
    nextAttemptAt: null,
    attempts: 0,
    priority: row.staleVersion > row.claimedVersion ? row.priority : 0,
    stateReason: null,
    error: null,
  }
  return { ...settled, state: isPending(settled) ? "pending" : "in-sync" }
}

/** Nothing more to do with this version until something changes or a person asks. */
function closed(
  row: LaneRow,
  settlement: Settlement,
  end: { readonly state: "skipped" | "failed"; readonly reason: string; readonly error: string | null }
): LaneRow {
  const isStale = row.staleVersion > row.claimedVersion
  const recheckAt = openRecheck(row, settlement)
  return {
    ...row,
    leaseToken: null,
    leaseUntil: null,
    claimedSince: null,
    // A recheck that wrote nothing found nothing out: a late write may have taken effect meanwhile.
    acked: recheckAt === row.recheckAt ? row.acked : null,
    ackedVersion: Math.max(row.ackedVersion, row.claimedVersion),
    recheckAt,
    nextAttemptAt: null,
    attempts: 0,
    priority: isStale ? row.priority : 0,
    state: isStale ? "pending" : end.state,
    stateReason: end.reason,
    error: end.error,
  }
}

function retried(row: LaneRow, settlement: Settlement, reason: string, error: string, retryAfterMs = 0): LaneRow {
  const attempts = row.attempts + 1
  return {
    ...released(row),
    attempts,
    nextAttemptAt: settlement.now + Math.max(retryAfterMs, backoffMs(attempts, settlement.random)),
    state: "pending",
    stateReason: reason,
    error,
  }
}

function failed(row: LaneRow, failure: HubFailure, settlement: Settlement): LaneRow {
  // A connection that lost its credentials is parked as a whole; its rows wait and resume by themselves.
  return isRetryable(failure.kind) || failure.kind === "auth"
    ? retried(row, settlement, failure.kind, failure.message, failure.retryAfterMs)
    : closed(row, settlement, { state: "failed", reason: failure.kind, error: failure.message })
}

function written(row: LaneRow, quantity: number, result: StockWriteOutcome, settlement: Settlement): LaneRow {
  switch (result.status) {
    case "accepted":
      // To accept a number is to say that one shows it.
      return {
        ...acknowledged({ ...row, observed: quantity, observedAt: settlement.now }, quantity, settlement),
        writeCount: row.writeCount + 1,
      }
    case "conflict":
      return {
        ...released(row),
        desired: quantity,
        // As above: a sale during the write may be missing from what the channel saw.
        acked: row.unknownVersion > row.claimedVersion ? null : result.observed,
        observed: result.observed,
        observedAt: settlement.now,
        // Once at once, because it may have to come down; a channel that goes on refusing is not hammered.
        attempts: row.attempts + 1,
        nextAttemptAt: row.attempts === 0 ? null : settlement.now + backoffMs(row.attempts, settlement.random),
        state: "conflict",
        stateReason: COMPARE_FAILED,
      }
    case "unknown":
      return {
        ...retried({ ...row, desired: quantity }, settlement, "unknown", result.message),
        acked: null,
        recheckAt: later(row.recheckAt, settlement.now + settlement.lateApplyWindowMs),
      }
    case "failed":
      return failed({ ...row, desired: quantity }, result.failure, settlement)
    default:
      return assertNever(result)
  }
}

/**
 * Writes an outcome into a row. Returns null when the lease is no longer ours: then another worker has taken over, and
 * what we did counts for nothing, because it has made the channel's number unknown and will write again.
 */
export function settleRow(row: LaneRow, outcome: LaneOutcome, settlement: Settlement): LaneRow | null {
  if (row.leaseToken !== settlement.token) {
    return null
  }
  switch (outcome.kind) {
    case "acknowledge":
      return acknowledged(row, outcome.quantity, settlement)
    case "wait":
      return { ...released(row), desired: outcome.quantity, nextAttemptAt: outcome.until }
    case "skip":
      return closed(row, settlement, { state: "skipped", reason: outcome.reason, error: null })
    case "fail":
      return failed(row, outcome.failure, settlement)
    case "written":
      return written(row, outcome.quantity, outcome.result, settlement)
    case "released":
      return released(row)
    default:
      return assertNever(outcome)
  }
}
