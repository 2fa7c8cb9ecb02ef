import { generateEntityId } from "@medusajs/framework/utils"
import type { BreakerState, GuardState, WriteMode } from "../../types/states"
import { CLOSED_BREAKER, type Breaker } from "../breaker/breaker"
import { EMPTY_GUARD_WINDOW, type GuardMinutes, type GuardWindow } from "../guard/plan-guard"
import { query, type Sql } from "../sql"
import { NOW_MS_SQL } from "./row-columns"

/** How the lane of a connection is doing, the same for all processes. Times are milliseconds of the database's clock. */
export interface Lane {
  readonly now: number
  readonly writeMode: WriteMode
  readonly breaker: Breaker
  readonly guard: GuardWindow
  /** Every order that the channel took before has been taken over; null when none has been read. */
  readonly ordersThrough: number | null
}

interface Row {
  readonly now_ms: number
  readonly write_mode: WriteMode
  readonly breaker_state: BreakerState | null
  readonly failure_count: number | null
  readonly not_before: number | null
  readonly not_before_reason: string | null
  readonly probe_until: number | null
  readonly opened_at: number | null
  readonly guard_state: GuardState | null
  readonly guard_since: number | null
  readonly guard_window: GuardMinutes | null
  readonly orders_through: number | null
}

const ms = (column: string): string => `(extract(epoch from lane.${column}) * 1000)::float8 AS ${column}`

const COLUMNS_SQL = [
  ...["breaker_state", "failure_count", "not_before_reason", "guard_state", "guard_window"].map((c) => `lane.${c}`),
  ...["not_before", "probe_until", "opened_at", "guard_since", "orders_through"].map(ms),
].join(", ")

const LOAD_SQL = `
  SELECT ${NOW_MS_SQL} AS now_ms, c.write_mode, ${COLUMNS_SQL}
  FROM hub_connection c LEFT JOIN hub_lane lane ON lane.connection_id = c.id AND lane.deleted_at IS NULL
  WHERE c.id = :connectionId`

const toLane = (row: Row): Lane => ({
  now: row.now_ms,
  writeMode: row.write_mode,
  breaker:
    row.breaker_state === null
      ? CLOSED_BREAKER
      : {
          state: row.breaker_state,
          failures: row.failure_count ?? 0,
          notBefore: row.not_before,
          reason: row.not_before_reason,
          probeUntil: row.probe_until,
          openedAt: row.opened_at,
        },
  guard:
    row.guard_state === null
      ? EMPTY_GUARD_WINDOW
      : { state: row.guard_state, since: row.guard_since, minutes: row.guard_window ?? [] },
  ordersThrough: row.orders_through,
})

/** Null when the connection is gone. A lane that has never had trouble has no row, and needs none. */
export async function loadLane(sql: Sql, connectionId: string): Promise<Lane | null> {
  const [row] = await query<Row>(sql, LOAD_SQL, { connectionId })
  return row ? toLane(row) : null
}

const ENSURE_SQL = `
  INSERT INTO hub_lane (id, company_id, connection_id)
  SELECT :id, c.company_id, c.id FROM hub_connection c WHERE c.id = :connectionId
  ON CONFLICT (connection_id) WHERE deleted_at IS NULL DO NOTHING`

const LOCK_SQL = "SELECT id FROM hub_lane WHERE connection_id = :connectionId AND deleted_at IS NULL FOR UPDATE"

/** Reads a lane and keeps every other process from changing it until the transaction ends. */
export async function lockLane(transaction: Sql, connectionId: string): Promise<Lane | null> {
  await query(transaction, ENSURE_SQL, { id: generateEntityId(undefined, "hlane"), connectionId })
  await query(transaction, LOCK_SQL, { connectionId })
  return loadLane(transaction, connectionId)
}

const at = (name: string): string => `to_timestamp(CAST(:${name} AS float8) / 1000)`

const BREAKER_SQL = `
  UPDATE hub_lane SET breaker_state = :state, failure_count = :failures, not_before = ${at("notBefore")},
    not_before_reason = :reason, probe_until = ${at("probeUntil")}, opened_at = ${at("openedAt")}, updated_at = now()
  WHERE connection_id = :connectionId AND deleted_at IS NULL`

/** Writes the breaker of a lane that this transaction has locked. */
export const saveBreaker = (transaction: Sql, connectionId: string, breaker: Breaker): Promise<unknown> =>
  query(transaction, BREAKER_SQL, { connectionId, ...breaker })

const GUARD_SQL = `
  UPDATE hub_lane SET guard_state = :state, guard_since = ${at("since")}, guard_window = CAST(:minutes AS jsonb), updated_at = now()
  WHERE connection_id = :connectionId AND deleted_at IS NULL`

/** Writes the guard of a lane that this transaction has locked. */
export const saveGuard = (transaction: Sql, connectionId: string, guard: GuardWindow): Promise<unknown> =>
  query(transaction, GUARD_SQL, {
    connectionId,
    state: guard.state,
    since: guard.since,
    minutes: JSON.stringify(guard.minutes),
  })
