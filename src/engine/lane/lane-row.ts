import type { ListingStateName } from "../../types/states"

/**
 * What the reducers know of one row of `hub_listing_state`. Times are milliseconds of the database's clock.
 *
 * Quantities are whole channel units; `null` is unknown, which is never zero.
 */
export interface LaneRow {
  readonly id: string
  readonly desired: number | null
  readonly acked: number | null
  readonly observed: number | null
  readonly observedAt: number | null
  readonly staleVersion: number
  readonly claimedVersion: number
  readonly ackedVersion: number
  /** `staleVersion` when the channel last changed its number by itself: writes claimed before it prove nothing. */
  readonly unknownVersion: number
  readonly staleSince: number | null
  readonly claimedSince: number | null
  readonly leaseToken: string | null
  readonly leaseUntil: number | null
  readonly recheckAt: number | null
  readonly nextAttemptAt: number | null
  readonly attempts: number
  readonly priority: number
  readonly state: ListingStateName
  readonly stateReason: string | null
  readonly error: string | null
  readonly changeCount: number
  readonly writeCount: number
}

/** A row whose listing has just been linked: it has never been written and knows nothing of the channel. */
export const newLaneRow = (id: string, now: number): LaneRow => ({
  id,
  desired: null,
  acked: null,
  observed: null,
  observedAt: null,
  staleVersion: 1,
  claimedVersion: 0,
  ackedVersion: 0,
  unknownVersion: 0,
  staleSince: now,
  claimedSince: null,
  leaseToken: null,
  leaseUntil: null,
  recheckAt: null,
  nextAttemptAt: null,
  attempts: 0,
  priority: 0,
  state: "pending",
  stateReason: null,
  error: null,
  changeCount: 0,
  writeCount: 0,
})

/** The row still owes the channel something. */
export const isPending = (row: LaneRow): boolean => row.staleVersion > row.ackedVersion || row.recheckAt !== null

const isReached = (at: number | null, now: number): boolean => at === null || at <= now

/** The row may be taken up now. The query in `claim-rows.ts` says the same in SQL. */
export const canClaim = (row: LaneRow, now: number): boolean =>
  (row.staleVersion > row.ackedVersion || (row.recheckAt !== null && row.recheckAt <= now)) &&
  isReached(row.leaseUntil, now) &&
  isReached(row.nextAttemptAt, now)

export const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

export const later = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b)
