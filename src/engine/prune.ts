import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { maintainPartitions } from "./partitions"
import { query, type Sql } from "./sql"

const OLD_RUNS_SQL = "finished_at < now() - make_interval(days => :days)"
const RUN_ITEMS_SQL = `DELETE FROM hub_run_item i USING hub_run r WHERE r.id = i.run_id AND r.${OLD_RUNS_SQL}`
const RUNS_SQL = `DELETE FROM hub_run WHERE ${OLD_RUNS_SQL}`

/* A connection may have its history kept for less time than everybody's. */
const retained = (table: string, column: string, condition = "TRUE"): string => `
  DELETE FROM ${table} x USING hub_connection c
  WHERE c.retention_days IS NOT NULL AND c.id = x.connection_id AND ${condition}
    AND x.${column} < now() - make_interval(days => c.retention_days)`

const RETAINED_SQL = [
  retained("hub_explanation", "computed_at"),
  retained("hub_exchange", "occurred_at"),
  retained("hub_delivery", "received_at"),
  retained("hub_inbox_event", "processed_at", "x.state IN ('processed', 'stale')"),
  `DELETE FROM hub_run_item i USING hub_run r, hub_connection c
   WHERE r.id = i.run_id AND c.id = r.connection_id AND r.finished_at < now() - make_interval(days => c.retention_days)`,
  retained("hub_run", "finished_at"),
]

const INBOX_DAYS = 30
/** A row that no call has used for so long says nothing any more; the next call begins a new one. */
const BUCKET_DAYS = 3
const TICK_DAYS = 9
const RUN_DAYS = 90
/** As long as the explanations that they belong to. */
const STOCK_EDIT_DAYS = 90

/** Keeps the hub's tables small: explanations and exchanges go by whole partitions, everything else that has ended by age. */
export async function pruneHistory(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await maintainPartitions(sql)
  await query(sql, "DELETE FROM hub_tick WHERE window_start < now() - make_interval(days => :days)", {
    days: TICK_DAYS,
  })
  for (const statement of RETAINED_SQL) {
    await query(sql, statement)
  }
  await query(sql, "DELETE FROM hub_stock_edit WHERE noted_at < now() - make_interval(days => :days)", {
    days: STOCK_EDIT_DAYS,
  })
  await query(sql, RUN_ITEMS_SQL, { days: RUN_DAYS })
  await query(sql, RUNS_SQL, { days: RUN_DAYS })
  await query(
    sql,
    "DELETE FROM hub_inbox_event WHERE state IN ('processed', 'stale') AND processed_at < now() - make_interval(days => :days)",
    { days: INBOX_DAYS }
  )
  await query(
    sql,
    "DELETE FROM hub_rate_bucket WHERE updated_at < now() - make_interval(days => :days) AND (not_before IS NULL OR not_before < now())",
    { days: BUCKET_DAYS }
  )
}
