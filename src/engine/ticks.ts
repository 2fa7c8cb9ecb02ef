import { query, type Sql } from "./sql"

const CLAIM_SQL = `
  INSERT INTO hub_tick (id, name, window_start)
  SELECT :name || ':' || slot::bigint, :name, to_timestamp(slot * :windowSeconds)
  FROM (SELECT floor(extract(epoch FROM clock_timestamp()) / :windowSeconds) AS slot) now
  ON CONFLICT (id) DO NOTHING RETURNING id`

/**
 * Whether this process is the one that does a tick's work. However many processes have the same job, each window of the
 * database's clock is answered with `true` once.
 */
export async function claimTick(sql: Sql, name: string, windowSeconds: number): Promise<boolean> {
  return (await query(sql, CLAIM_SQL, { name, windowSeconds })).length > 0
}
