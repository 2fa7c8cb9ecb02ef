import { backoffMs } from "../../lib/backoff"
import type { HubFailure } from "../../lib/errors"
import type { BreakerState } from "../../types/states"

/** Whether a connection may be called. Times are milliseconds of the database's clock; all processes share one. */
export interface Breaker {
  readonly state: BreakerState
  /** Calls in a row that failed as a whole. */
  readonly failures: number
  /** Nobody calls before. */
  readonly notBefore: number | null
  readonly reason: string | null
  /** Until when one worker tries alone whether the channel answers again. */
  readonly probeUntil: number | null
  readonly openedAt: number | null
}

export const CLOSED_BREAKER: Breaker = {
  state: "closed",
  failures: 0,
  notBefore: null,
  reason: null,
  probeUntil: null,
  openedAt: null,
}

/** So many failures in a row open the breaker. */
export const OPEN_AFTER_FAILURES = 5

const isPast = (at: number | null, now: number): boolean => at === null || at <= now

/** May be called now; while it is open, by one worker only. */
export const mayCall = (breaker: Breaker, now: number): boolean =>
  isPast(breaker.notBefore, now) && (breaker.state === "closed" || isPast(breaker.probeUntil, now))

/** A worker is about to call. Through an open breaker it goes alone, and with as little as possible. */
export function beginCall(breaker: Breaker, now: number, probeMs: number): { breaker: Breaker; isProbe: boolean } {
  return breaker.state === "closed"
    ? { breaker, isProbe: false }
    : { breaker: { ...breaker, state: "half-open", probeUntil: now + probeMs }, isProbe: true }
}

/** The channel has answered, even if it refused single items. */
export const afterAnswer = (breaker: Breaker): Breaker => (breaker === CLOSED_BREAKER ? breaker : CLOSED_BREAKER)

/**
 * A call has failed as a whole. A limit is obeyed and is no sign of trouble; anything else that may pass counts, with
 * waiting times that grow, and opens the breaker after a few.
 */
export function afterFailure(
  breaker: Breaker,
  failure: HubFailure,
  { now, random }: { readonly now: number; readonly random: number }
): Breaker {
  if (failure.kind === "rate-limited") {
    const waitMs = failure.retryAfterMs ?? backoffMs(Math.max(1, breaker.failures), random)
    return {
      ...breaker,
      notBefore: Math.max(breaker.notBefore ?? 0, now + waitMs),
      reason: failure.kind,
      probeUntil: null,
    }
  }
  const failures = breaker.failures + 1
  const isOpen = failures >= OPEN_AFTER_FAILURES
  return {
    state: isOpen ? "open" : "closed",
    failures,
    notBefore: now + Math.max(failure.retryAfterMs ?? 0, backoffMs(failures, random)),
    reason: failure.kind,
    probeUntil: null,
    openedAt: isOpen ? (breaker.openedAt ?? now) : null,
  }
}
