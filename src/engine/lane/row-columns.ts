import { query, type Sql } from "../sql"
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

/** `stale_version`, `unknown_version`, `sold_units` and `change_count` belong to the marker and are never written back by a lane. */
const WRITTEN = [
  { column: "desired", key: "desired", type: "integer" },
  { column: "acked", key: "acked", type: "integer" },
  { column: "observed", key: "observed", type: "integer" },
  { column: "observed_at", key: "observedAt", type: "time" },
  { column: "exposed", key: "exposed", type: "integer" },
  { column: "touched_at", key: "touchedAt", type: "time" },
  { column: "cause", key: "cause", type: "text" },
  { column: "claimed_cause", key: "claimedCause", type: "text" },
  { column: "claimed_sold_units", key: "claimedSoldUnits", type: "integer" },
  { column: "acked_sold_units", key: "ackedSoldUnits", type: "integer" },
  { column: "guard_counted_at", key: "guardCountedAt", type: "time" },
  { column: "flip_count", key: "flipCount", type: "integer" },
  { column: "flip_since", key: "flipSince", type: "time" },
  { column: "claimed_version", key: "claimedVersion", type: "integer" },
  { column: "acked_version", key: "ackedVersion", type: "integer" },
  { column: "stale_since", key: "staleSince", type: "time" },
  { column: "claimed_since", key: "claimedSince", type: "time" },
  { column: "lease_token", key: "leaseToken", type: "text" },
  { column: "lease_until", key: "leaseUntil", type: "time" },
  { column: "recheck_at", key: "recheckAt", type: "time" },
  { column: "next_attempt_at", key: "nextAttemptAt", type: "time" },
  { column: "attempts", key: "attempts", type: "integer" },
  { column: "priority", key: "priority", type: "integer" },
  { column: "state", key: "state", type: "text" },
  { column: "state_reason", key: "stateReason", type: "text" },
  { column: "error", key: "error", type: "text" },
  { column: "write_count", key: "writeCount", type: "integer" },
] as const satisfies readonly { column: string; key: keyof LaneRow; type: "integer" | "text" | "time" }[]

type WrittenColumn = (typeof WRITTEN)[number]

const writeSql = (columns: readonly WrittenColumn[], purpose: "claim" | "note"): string => `
  UPDATE hub_listing_state s SET
    ${columns
      .map(
        ({ column, type }) => `${column} = ${type === "time" ? `to_timestamp(r.${column} / 1000)` : `r.${column}`}, `
      )
      .join("")}updated_at = ${purpose === "claim" ? "now()" : "s.updated_at"}
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id text${columns
    .map(({ column, type }) => `, ${column} ${type === "time" ? "float8" : type}`)
    .join("")})
  WHERE s.id = r.id`

/** A row as the running transaction locked and read it, and what is to become of it. */
export interface LaneRowChange {
  readonly before: LaneRow
  readonly after: LaneRow
}

function toRecord(row: LaneRow, columns: readonly WrittenColumn[]): Record<string, string | number | null> {
  const record: Record<string, string | number | null> = { id: row.id }
  for (const { column, key } of columns) {
    record[column] = row[key]
  }
  return record
}

/**
 * Only a claim is followed by a look at the stock, so only a claim moves `updated_at`: the sweep asks by it whether anybody has
 * looked since a change.
 *
 * Writes rows back in one statement: only columns that change in at least one of them. A row is a kilobyte, a change of it is not.
 */
export async function writeLaneRows(
  transaction: Sql,
  changes: readonly LaneRowChange[],
  purpose: "claim" | "note"
): Promise<void> {
  if (changes.length === 0) {
    return
  }
  const columns = WRITTEN.filter(({ key }) => changes.some(({ before, after }) => before[key] !== after[key]))
  const rows = changes.map(({ after }) => toRecord(after, columns))
  await query(transaction, writeSql(columns, purpose), { rows: JSON.stringify(rows) })
}
