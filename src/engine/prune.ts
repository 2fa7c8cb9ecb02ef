import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { EXPLANATION_DAYS, maintainPartitions } from "./partitions"
import { query, type Sql } from "./sql"

const INBOX_DAYS = 30

/** Keeps the hub's tables small: explanations go by whole partitions, processed messages after 30 days. */
export async function pruneHistory(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await maintainPartitions(sql)
  await query(sql, "DELETE FROM hub_explanation_default WHERE computed_at < now() - make_interval(days => :days)", {
    days: EXPLANATION_DAYS,
  })
  await query(
    sql,
    "DELETE FROM hub_inbox_event WHERE state IN ('processed', 'stale') AND processed_at < now() - make_interval(days => :days)",
    { days: INBOX_DAYS }
  )
}
