import type { HubErrorKind } from "../../../lib/errors"
import { claimRow, decideRow, settleRow, type LaneDecision, type LaneOutcome } from "../lane-reducer"
import { earlier, type LaneRow } from "../lane-row"
import { markSoldByChannel, markStale } from "../mark-row"

/** The reducers under test, so that a test can plant a bug into one of them. */
export interface Reducers {
  readonly markStale: typeof markStale
  readonly markSoldByChannel: typeof markSoldByChannel
  readonly claimRow: typeof claimRow
  readonly decideRow: typeof decideRow
  readonly settleRow: typeof settleRow
}

export const PRODUCTION: Reducers = { markStale, markSoldByChannel, claimRow, decideRow, settleRow }

export interface WorldOptions {
  readonly compareAndSet: boolean
  readonly workers: number
  /** Whether answers get lost, writes arrive late and workers die. */
  readonly rough: boolean
  readonly reducers?: Reducers
  /** A planted bug: workers read the stock before they claim the row. */
  readonly readBeforeClaim?: boolean
}

export const TIMEOUT_MS = 10_000
export const LATE_MS = 5_000
/** What a worker may take from the claim until it sends; `drain-lane.ts` has the same. */
export const SLACK_MS = 5_000
export const LONGER_THAN_ALL_MS = 400_000
export const LEASE_MS = TIMEOUT_MS + LATE_MS + SLACK_MS

/** What the channel should show. `null`: nobody knows, so its number is left alone. */
export interface Truth {
  readonly value: number | null
  readonly version: number
}

export interface Held {
  readonly token: string
  readonly claimedAt: number
  /** The row as it was claimed. */
  readonly row: LaneRow
}

export type WriteDecision = Extract<LaneDecision, { kind: "write" }>

export type Phase =
  | { readonly at: "idle"; readonly read: Truth | null }
  | { readonly at: "claimed"; readonly held: Held; readonly read: Truth | null }
  | { readonly at: "ready"; readonly held: Held; readonly read: Truth; readonly write: WriteDecision }
  | {
      readonly at: "sent"
      readonly held: Held
      readonly read: Truth
      readonly write: WriteDecision
      readonly giveUpAt: number
    }
  /** The answer is lost; the worker does not know yet. */
  | { readonly at: "waiting"; readonly held: Held; readonly write: WriteDecision; readonly giveUpAt: number }
  | { readonly at: "answered"; readonly held: Held; readonly outcome: LaneOutcome }

/** Often the whole window, which is the worst. */
export const lateness = (detail: number): number => (detail % 2 === 0 ? LATE_MS : 1 + (detail % LATE_MS))

/** What was violated, with everything that led to it. */
export class Violation extends Error {}

export const IDLE: Phase = { at: "idle", read: null }

export const failedWith = (quantity: number, kind: HubErrorKind, retryAfterMs?: number): LaneOutcome => ({
  kind: "written",
  quantity,
  result: {
    status: "failed",
    failure: { kind, message: kind, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  },
})

/** Short and long waits, and waits that end exactly where something begins or ends. */
export function momentOf({ leaseUntil, recheckAt, nextAttemptAt }: LaneRow, now: number, detail: number): number {
  const moments = [
    now + (detail % 40),
    now + (detail % 700),
    now + (detail % 3_000),
    now + (detail % 90_000),
    nextAttemptAt,
    recheckAt,
    leaseUntil === null ? null : leaseUntil - (detail % LATE_MS),
    leaseUntil,
  ]
  return moments[detail % moments.length] ?? now
}

/** The row has to know the oldest cause that nothing has answered yet; only a recheck begins without a cause. */
export function problemOfCauses(row: LaneRow, causes: ReadonlyMap<number, number>, hadRecheck: boolean): string | null {
  const open = [...causes].filter(([version]) => version > row.ackedVersion).map(([, causedAt]) => causedAt)
  const since = earlier(row.staleSince, row.claimedSince)
  if (open.length === 0) {
    return null
  }
  const oldest = Math.min(...open)
  if (since === null || since > oldest) {
    return `the oldest open cause is ${oldest}, the row says ${since}`
  }
  return since === oldest || hadRecheck ? null : `the oldest open cause is ${oldest}, the row made up ${since}`
}
