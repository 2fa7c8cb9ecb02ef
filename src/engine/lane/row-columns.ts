import type { LaneRow } from "./lane-row"
import type { ListingStateName, StaleCause } from "../../types/states"

/** A row of `hub_listing_state` as {@link LANE_ROW_COLUMNS} selects it: times are milliseconds as text or null. */
export interface LaneRecord {
  readonly id: string
  readonly listing_id: string
  readonly external_location_id: string
  readonly desired: number | null
  readonly acked: number | null
  readonly observed: number | null
  readonly observed_at: number | null
  readonly exposed: number | null
  readonly touched_at: number | null
  readonly cause: StaleCause | null
  readonly claimed_cause: StaleCause | null
  readonly sold_units: number
  readonly claimed_sold_units: number
  readonly acked_sold_units: number
  readonly guard_counted_at: number | null
  readonly flip_count: number
  readonly flip_since: number | null
  readonly stale_version: number
  readonly claimed_version: number
  readonly acked_version: number
  readonly unknown_version: number
  readonly stale_since: number | null
  readonly claimed_since: number | null
  readonly lease_token: string | null
  readonly lease_until: number | null
  readonly recheck_at: number | null
  readonly next_attempt_at: number | null
  readonly attempts: number
  readonly priority: number
  readonly state: ListingStateName
  readonly state_reason: string | null
  readonly error: string | null
  readonly change_count: number
  readonly write_count: number
}

const TIME_COLUMNS = [
  "observed_at",
  "touched_at",
  "guard_counted_at",
  "flip_since",
  "stale_since",
  "claimed_since",
  "lease_until",
  "recheck_at",
  "next_attempt_at",
] as const

const PLAIN_COLUMNS = [
  "id",
  "listing_id",
  "external_location_id",
  "desired",
  "acked",
  "observed",
  "exposed",
  "cause",
  "claimed_cause",
  "sold_units",
  "claimed_sold_units",
  "acked_sold_units",
  "flip_count",
  "stale_version",
  "claimed_version",
  "acked_version",
  "unknown_version",
  "lease_token",
  "attempts",
  "priority",
  "state",
  "state_reason",
  "error",
  "change_count",
  "write_count",
] as const

/** The database's clock in milliseconds. */
export const NOW_MS_SQL = "date_part('epoch', clock_timestamp()) * 1000"

/** `date_part` and not `extract`: that one computes in decimals, which costs several times as much. */
export const LANE_ROW_COLUMNS = [
  ...PLAIN_COLUMNS.map((column) => `s.${column}`),
  ...TIME_COLUMNS.map((column) => `date_part('epoch', s.${column}) * 1000 AS ${column}`),
].join(", ")

export const toLaneRow = (record: LaneRecord): LaneRow => ({
  id: record.id,
  desired: record.desired,
  acked: record.acked,
  observed: record.observed,
  observedAt: record.observed_at,
  exposed: record.exposed,
  touchedAt: record.touched_at,
  cause: record.cause,
  claimedCause: record.claimed_cause,
  soldUnits: record.sold_units,
  claimedSoldUnits: record.claimed_sold_units,
  ackedSoldUnits: record.acked_sold_units,
  guardCountedAt: record.guard_counted_at,
  flipCount: record.flip_count,
  flipSince: record.flip_since,
  staleVersion: record.stale_version,
  claimedVersion: record.claimed_version,
  ackedVersion: record.acked_version,
  unknownVersion: record.unknown_version,
  staleSince: record.stale_since,
  claimedSince: record.claimed_since,
  leaseToken: record.lease_token,
  leaseUntil: record.lease_until,
  recheckAt: record.recheck_at,
  nextAttemptAt: record.next_attempt_at,
  attempts: record.attempts,
  priority: record.priority,
  state: record.state,
  stateReason: record.state_reason,
  error: record.error,
  changeCount: record.change_count,
  writeCount: record.write_count,
})

const toRecord = (row: LaneRow): Record<string, unknown> => ({
  id: row.id,
  desired: row.desired,
  acked: row.acked,
  observed: row.observed,
  observed_at: row.observedAt,
  exposed: row.exposed,
  touched_at: row.touchedAt,
  cause: row.cause,
  claimed_cause: row.claimedCause,
  claimed_sold_units: row.claimedSoldUnits,
  acked_sold_units: row.ackedSoldUnits,
  guard_counted_at: row.guardCountedAt,
  flip_count: row.flipCount,
  flip_since: row.flipSince,
  claimed_version: row.claimedVersion,
  acked_version: row.ackedVersion,
  stale_since: row.staleSince,
  claimed_since: row.claimedSince,
  lease_token: row.leaseToken,
  lease_until: row.leaseUntil,
  recheck_at: row.recheckAt,
  next_attempt_at: row.nextAttemptAt,
  attempts: row.attempts,
  priority: row.priority,
  state: row.state,
  state_reason: row.stateReason,
  error: row.error,
  write_count: row.writeCount,
})

/** `stale_version`, `unknown_version`, `sold_units` and `change_count` belong to the marker and are never written back by a lane. */
const WRITTEN_TYPES: Readonly<Record<string, "integer" | "text" | "time">> = {
  desired: "integer",
  acked: "integer",
  observed: "integer",
  observed_at: "time",
  exposed: "integer",
  touched_at: "time",
  cause: "text",
  claimed_cause: "text",
  claimed_sold_units: "integer",
  acked_sold_units: "integer",
  guard_counted_at: "time",
  flip_count: "integer",
  flip_since: "time",
  claimed_version: "integer",
  acked_version: "integer",
  stale_since: "time",
  claimed_since: "time",
  lease_token: "text",
  lease_until: "time",
  recheck_at: "time",
  next_attempt_at: "time",
  attempts: "integer",
  priority: "integer",
  state: "text",
  state_reason: "text",
  error: "text",
  write_count: "integer",
}

/** Writes rows back in one statement. They must be locked by the running transaction. Binding: `rows`. */
export const WRITE_LANE_ROWS_SQL = `
  UPDATE hub_listing_state s SET
    ${Object.entries(WRITTEN_TYPES)
      .map(([column, type]) => `${column} = ${type === "time" ? `to_timestamp(r.${column} / 1000)` : `r.${column}`}`)
      .join(", ")},
    updated_at = now()
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id text,
    ${Object.entries(WRITTEN_TYPES)
      .map(([column, type]) => `${column} ${type === "time" ? "float8" : type}`)
      .join(", ")})
  WHERE s.id = r.id`

export const toWriteBinding = (rows: readonly LaneRow[]): { rows: string } => ({
  rows: JSON.stringify(rows.map(toRecord)),
})
