import type { LimitUsage } from "../../types/limits"
import type { LimitHeaders } from "../retry-after"

/** What a limit remembers: numbers by name, fit to be stored. Times are milliseconds of the database's clock. */
export type LimitState = Readonly<Record<string, number>>

export interface LimitRequest {
  readonly cost: number
  /** Units beyond the cost that the caller would like to take along for its next calls. */
  readonly extra: number
  /** The call may be put off by so much, in milliseconds. */
  readonly maxWaitMs: number
}

export type LimitDecision =
  /** The call has its place and goes at `at`, now or soon. `extra` units may be used besides. */
  | { readonly kind: "go"; readonly state: LimitState; readonly at: number; readonly extra: number }
  /** The call has no place. Asking again is worthwhile from `until` on. */
  | { readonly kind: "wait"; readonly state: LimitState; readonly until: number }
  /** It costs more than the limit ever allows. */
  | { readonly kind: "never" }

/** What an answer taught. */
export interface LimitLesson {
  /** What the call took when it asked. */
  readonly cost: number
  /** The channel said that it is too much (429). */
  readonly isThrottled: boolean
  readonly usage: LimitUsage | null
  readonly headers: LimitHeaders | null
}

/**
 * One shape of limit, as a pure reducer. Where the state is kept is not its business.
 *
 * `now` need not be monotone: going back costs nothing and earns nothing.
 */
export interface Limiter {
  /** The state in which nothing has been used; or the stored one, if it can be understood. */
  restore(stored: LimitState, now: number): LimitState
  decide(state: LimitState, request: LimitRequest, now: number): LimitDecision
  learn(state: LimitState, lesson: LimitLesson, now: number): LimitState
}
