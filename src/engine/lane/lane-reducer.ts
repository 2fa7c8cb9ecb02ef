import { backoffMs } from "../../lib/backoff"
import { assertNever, isRetryable, type HubFailure } from "../../lib/errors"
import type { StockWriteOutcome } from "../../types/channel"
import { exposureAfterConfirmation } from "./exposure"
import { canClaim, earlier, isPending, later, strongerCause, type LaneRow } from "./lane-row"

/** Reason of a row whose channel showed something else than we thought. Outlives later marks. */
export const COMPARE_FAILED = "compare-failed"

/** Reason of a row that failed as often as its connection allows. */
export const GAVE_UP = "gave-up"

/** Reason of a row that is held because its connection writes nothing yet. */
export const SHADOW = "shadow"

/** How soon a row that waits for the channel's orders looks again. */
const ORDERS_POLL_PAUSE_MS = 250

/** How long a lower number on the channel may be a sale that we have not seen, so that nothing is raised over it. */
export const UNSEEN_SALE_GRACE_MS = 1_500

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
    claimedCause: strongerCause(row.claimedCause, row.cause),
    cause: null,
    claimedSoldUnits: row.soldUnits,
    leaseToken: claim.token,
    leaseUntil: claim.now + claim.leaseMs,
    acked: isOrphan ? null : row.acked,
    touchedAt: isOrphan ? claim.now : row.touchedAt,
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
  | {
      readonly kind: "write"
      readonly quantity: number
      readonly compareWith: number | null
      /** Set when only the part that was sold goes out and the rest is held. */
      readonly heldBack?: HeldBack
    }
  /** Raising the number now could wipe out a sale that is on its way to us. */
  | { readonly kind: "wait"; readonly quantity: number; readonly until: number }
  /** It should be written, but a person has to say so first. */
  | { readonly kind: "hold"; readonly quantity: number; readonly reason: string }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "fail"; readonly failure: HubFailure }

/** A number that waits for a person, and why. */
export interface HeldBack {
  readonly reason: string
  readonly target: number
}

export interface DecisionContext {
  readonly now: number
  readonly compareAndSet: boolean
  /** The connection computes everything and writes nothing. */
  readonly isShadow?: boolean
  /**
   * Every order that the channel took before this moment has been taken over; null when none of its orders has been read.
   * Left out for a channel that cannot list its orders: then a short wait has to do.
   */
  readonly ordersThrough?: number | null
}

/** Whether a lower number on the channel may still be a sale that we have not heard of. */
function mayBeUnseenSale(row: LaneRow, { now, ordersThrough }: DecisionContext): boolean {
  const seenAt = row.observedAt ?? 0
  return ordersThrough === undefined ? seenAt + UNSEEN_SALE_GRACE_MS > now : (ordersThrough ?? 0) < seenAt
}

/** Decides what to do with a claimed row. */
export function decideRow(row: LaneRow, computed: Computed, context: DecisionContext): LaneDecision {
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
  if (context.isShadow) {
    return { kind: "hold", quantity, reason: SHADOW }
  }
  const raises = row.acked !== null && quantity > row.acked
  if (row.stateReason === COMPARE_FAILED && raises && mayBeUnseenSale(row, context)) {
    const quietAt = (row.observedAt ?? 0) + UNSEEN_SALE_GRACE_MS
    return { kind: "wait", quantity, until: Math.max(quietAt, context.now + ORDERS_POLL_PAUSE_MS) }
  }
  return { kind: "write", quantity, compareWith: context.compareAndSet ? row.acked : null }
}

/** How a decision ended. */
export type LaneOutcome =
  | { readonly kind: "acknowledge"; readonly quantity: number }
  | {
      readonly kind: "wait"
      readonly quantity: number
      readonly until: number
      /** What the channel was read to show during this claim, if it was. */
      readonly seen?: { readonly quantity: number; readonly at: number }
    }
  | { readonly kind: "hold"; readonly quantity: number; readonly reason: string }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "fail"; readonly failure: HubFailure }
  /** It failed in a way that may pass, but for the last time that its connection allows. */
  | { readonly kind: "give-up"; readonly quantity: number; readonly failure: HubFailure }
  | {
      readonly kind: "written"
      readonly quantity: number
      readonly result: StockWriteOutcome
      readonly heldBack?: HeldBack
    }
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
function acknowledged(row: LaneRow, quantity: number, settlement: Settlement, heldBack?: HeldBack): LaneRow {
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
    // What was held back is still there to be decided, and so is what caused it.
    claimedCause: heldBack ? row.claimedCause : null,
    ackedSoldUnits: row.claimedSoldUnits,
    touchedAt: settlement.now,
    stateReason: heldBack?.reason ?? null,
    error: heldBack ? heldWords(heldBack) : null,
  }
  return {
    ...settled,
    exposed: exposureAfterConfirmation(settled, quantity),
    state: isPending(settled) ? "pending" : heldBack ? "held" : "in-sync",
  }
}

const heldWords = ({ target }: HeldBack): string => `Would show ${target}, but waits for a person.`

/** Nothing more to do with this version until something changes or a person asks. */
function closed(
  row: LaneRow,
  settlement: Settlement,
  end: { readonly state: "skipped" | "failed" | "held"; readonly reason: string; readonly error: string | null }
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
    touchedAt: recheckAt === row.recheckAt ? row.touchedAt : settlement.now,
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

function written(row: LaneRow, outcome: Extract<LaneOutcome, { kind: "written" }>, settlement: Settlement): LaneRow {
  const { quantity, result } = outcome
  switch (result.status) {
    case "accepted":
      // To accept a number is to say that one shows it.
      return {
        ...acknowledged(
          { ...row, observed: quantity, observedAt: settlement.now },
          quantity,
          settlement,
          outcome.heldBack
        ),
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
        exposed: Math.max(row.exposed ?? 0, result.observed ?? 0),
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
        touchedAt: settlement.now,
        recheckAt: later(row.recheckAt, settlement.now + settlement.lateApplyWindowMs),
      }
    case "failed":
      return failed({ ...row, desired: quantity }, result.failure, settlement)
    default:
      return assertNever(result)
  }
}

/** Nothing was sent. What was read meanwhile is kept, unless the channel has sold since. */
function waiting(row: LaneRow, outcome: Extract<LaneOutcome, { kind: "wait" }>): LaneRow {
  const { seen } = outcome
  const isNews = seen !== undefined && row.unknownVersion <= row.claimedVersion
  return {
    ...released(row),
    desired: outcome.quantity,
    ...(isNews
      ? { acked: seen.quantity, observed: seen.quantity, observedAt: seen.at, stateReason: COMPARE_FAILED }
      : {}),
    nextAttemptAt: outcome.until,
  }
}

/** A channel that compares was asked what it shows before a number goes out that would otherwise be written blindly. */
export const learnShown = (row: LaneRow, shown: number, at: number): LaneRow => ({
  ...row,
  acked: shown,
  observed: shown,
  observedAt: at,
  stateReason: COMPARE_FAILED,
})

/** What a guard made of a decision: pass it on, hold it, or let only what was sold go out. */
export function holdBack(
  row: LaneRow,
  decision: Extract<LaneDecision, { kind: "write" }>,
  verdict: { readonly reason: string; readonly show: number }
): LaneDecision {
  return row.acked === verdict.show
    ? { kind: "hold", quantity: decision.quantity, reason: verdict.reason }
    : { ...decision, quantity: verdict.show, heldBack: { reason: verdict.reason, target: decision.quantity } }
}

/**
 * Our lease ended while our write was on its way: this process slept, perhaps between its last look at the clock and the
 * call. Another worker has written since, and ours may have landed on top of it. So the row is written once more.
 */
function overslept(row: LaneRow, outcome: LaneOutcome, settlement: Settlement): LaneRow | null {
  if (outcome.kind !== "written" || outcome.result.status === "conflict" || outcome.result.status === "failed") {
    return null
  }
  const windowMs = outcome.result.status === "unknown" ? settlement.lateApplyWindowMs : 0
  return {
    ...row,
    acked: null,
    exposed: Math.max(row.exposed ?? 0, outcome.quantity),
    touchedAt: settlement.now,
    recheckAt: later(row.recheckAt, settlement.now + windowMs),
    state: row.state === "in-sync" ? "pending" : row.state,
  }
}

/**
 * Writes an outcome into a row. When the lease is no longer ours, another worker has taken over and our answer counts for
 * nothing, but what we wrote may be what the channel shows now. Returns null when there is nothing to write down.
 */
export function settleRow(row: LaneRow, outcome: LaneOutcome, settlement: Settlement): LaneRow | null {
  if (row.leaseToken !== settlement.token) {
    return overslept(row, outcome, settlement)
  }
  switch (outcome.kind) {
    case "acknowledge":
      return acknowledged(row, outcome.quantity, settlement)
    case "wait":
      return waiting(row, outcome)
    case "hold":
      return {
        ...closed(row, settlement, {
          state: "held",
          reason: outcome.reason,
          error: heldWords({ reason: outcome.reason, target: outcome.quantity }),
        }),
        // What may be shown meanwhile is what was told last; a preview has told nothing yet.
        desired: outcome.reason === SHADOW ? outcome.quantity : row.desired,
      }
    case "skip":
      return closed(row, settlement, { state: "skipped", reason: outcome.reason, error: null })
    case "fail":
      return failed(row, outcome.failure, settlement)
    case "give-up":
      return closed({ ...row, desired: outcome.quantity }, settlement, {
        state: "failed",
        reason: GAVE_UP,
        error: outcome.failure.message,
      })
    case "written":
      return written(row, outcome, settlement)
    case "released":
      return released(row)
    default:
      return assertNever(outcome)
  }
}
