import type { ListingStateName, StaleCause } from "../../types/states"

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
  /** The highest quantity that may be live on the channel: accepted, on its way, or unanswered. Null before the first. */
  readonly exposed: number | null
  /** When the channel's number last changed, through us or by a sale that we took over. What was asked before proves nothing. */
  readonly touchedAt: number | null
  readonly staleVersion: number
  readonly claimedVersion: number
  readonly ackedVersion: number
  /** `staleVersion` when the channel last changed its number by itself: writes claimed before it prove nothing. */
  readonly unknownVersion: number
  readonly staleSince: number | null
  readonly claimedSince: number | null
  /** What made it stale since the last claim, and what the claims since the last acknowledgement have taken up. */
  readonly cause: StaleCause | null
  readonly claimedCause: StaleCause | null
  /** Variant units reserved since ever, as far as captured: now, at the last claim, and at the last acknowledgement. */
  readonly soldUnits: number
  readonly claimedSoldUnits: number
  readonly ackedSoldUnits: number
  /** When a guard counted a change of it last. */
  readonly guardCountedAt: number | null
  /** How often somebody has put another number over ours, and since when that is counted. */
  readonly flipCount: number
  readonly flipSince: number | null
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
  exposed: null,
  touchedAt: null,
  staleVersion: 1,
  claimedVersion: 0,
  ackedVersion: 0,
  unknownVersion: 0,
  staleSince: now,
  claimedSince: null,
  cause: null,
  claimedCause: null,
  soldUnits: 0,
  claimedSoldUnits: 0,
  ackedSoldUnits: 0,
  guardCountedAt: null,
  flipCount: 0,
  flipSince: null,
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

/**
 * We do not know what the channel shows, and it may be a number of ours from which it has sold: one that was accepted once, or
 * one whose answer was lost. Until the first try nothing of ours can be there.
 */
export const mayShowOurs = (row: LaneRow): boolean =>
  row.acked === null && (row.writeCount > 0 || row.touchedAt !== null)

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

const CAUSE_RANK: Readonly<Record<StaleCause, number>> = { sale: 0, other: 1, edit: 2 }

/** Of two causes the one that says more against a decrease: an edit is never hidden by a sale. */
export const strongerCause = (a: StaleCause | null, b: StaleCause | null): StaleCause | null =>
  a === null ? b : b === null ? a : CAUSE_RANK[a] >= CAUSE_RANK[b] ? a : b
