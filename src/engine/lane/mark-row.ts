import type { StaleCause } from "../../types/states"
import { earlier, later, strongerCause, type LaneRow } from "./lane-row"

/** Something may have changed what the row should show. The SQL in `mark.ts` does the same for whole sets. */
export const markStale = (row: LaneRow, change: Change): LaneRow => ({
  ...row,
  staleVersion: row.staleVersion + 1,
  staleSince: earlier(row.staleSince, change.causedAt),
  cause: strongerCause(row.cause, change.cause ?? "other"),
  soldUnits: row.soldUnits + (change.sold ?? 0),
  priority: Math.max(row.priority, change.urgency),
  state: "pending",
  changeCount: row.changeCount + 1,
})

export interface Change {
  readonly causedAt: number
  readonly urgency: number
  /** What is known of it; `other` when that is nothing. */
  readonly cause?: StaleCause
  /** Variant units that it reserved, rounded up. */
  readonly sold?: number
}

/** The channel sold or gave back units by itself: what it shows now is unknown until it is written again. */
export function markSoldByChannel(row: LaneRow, causedAt: number): LaneRow {
  const stale = markStale(row, { causedAt, urgency: 0, cause: "sale" })
  return {
    ...stale,
    acked: null,
    unknownVersion: stale.staleVersion,
    touchedAt: later(row.touchedAt, causedAt),
    // A sale explains why the channel shows something else: nobody has put a number over ours.
    flipCount: 0,
    flipSince: null,
  }
}
