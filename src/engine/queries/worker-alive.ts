import { query, type Sql } from "../sql"

/** Workers say every few seconds that they live; one that was silent for so long is not counted on. */
export const ALIVE_SECONDS = 30

/** Whether a worker was heard of lately, by the database's clock. */
export async function isWorkerAlive(sql: Sql): Promise<boolean> {
  const [row] = await query<{ alive: boolean }>(
    sql,
    `SELECT EXISTS (SELECT 1 FROM hub_worker
       WHERE deleted_at IS NULL AND seen_at > clock_timestamp() - make_interval(secs => :seconds)) AS alive`,
    { seconds: ALIVE_SECONDS }
  )
  return row?.alive ?? false
}

/** How many numbers do not show on their channel yet. */
export async function countPending(sql: Sql): Promise<number> {
  const [row] = await query<{ count: number }>(
    sql,
    "SELECT count(*)::int AS count FROM hub_listing_state WHERE stale_version > acked_version AND deleted_at IS NULL"
  )
  return row?.count ?? 0
}
