import { resolveIssues } from "../issues"
import { LOOP, MASS_CHANGE } from "./guard-writes"
import { releaseGuard } from "./plan-guard"
import { lockLane, saveGuard } from "../lane/load-lane"
import { query, type Sql } from "../sql"

const RELEASE_SQL = `
  WITH locked AS (
    SELECT s.id FROM hub_listing_state s
    WHERE s.connection_id = :connectionId AND s.state_reason = ANY(:reasons) AND s.deleted_at IS NULL
    ORDER BY s.id FOR UPDATE
  )
  UPDATE hub_listing_state s SET stale_version = s.stale_version + 1, change_count = s.change_count + 1,
    stale_since = LEAST(s.stale_since, clock_timestamp()), next_attempt_at = NULL, state = 'pending',
    flip_count = 0, flip_since = NULL, updated_at = now()
  FROM locked WHERE s.id = locked.id RETURNING s.id`

/** Computes what was held for one of these reasons anew, and sends it if nothing holds it any more. */
export async function releaseRows(sql: Sql, connectionId: string, reasons: readonly string[]): Promise<number> {
  return (await query(sql, RELEASE_SQL, { connectionId, reasons })).length
}

/**
 * A person has looked at a mass change, or has found the other program: everything that guards hold goes out, and the guards
 * watch again after their window.
 *
 * @returns how many numbers were held
 */
export async function releaseGuards(sql: Sql, connectionId: string): Promise<number> {
  return sql.transaction(async (transaction) => {
    const lane = await lockLane(transaction, connectionId)
    if (!lane) {
      return 0
    }
    await saveGuard(transaction, connectionId, releaseGuard(lane.guard, lane.now))
    await resolveIssues(transaction, connectionId, MASS_CHANGE, LOOP)
    return releaseRows(transaction, connectionId, ["mass-change", "loop"])
  })
}
