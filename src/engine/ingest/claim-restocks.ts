import { raiseIssues } from "../issues"
import { query, type Sql } from "../sql"
import type { OrderContext } from "./order-context"
import type { PlannedRestock } from "./plan-restocks"

/*
 * A return is a difference and no state, so it must not be booked twice: what is begun is noted first, and whoever finds it
 * begun by somebody who did not come to the end leaves it to a person.
 */
const CLAIM_SQL = `
  WITH mine AS (
    SELECT id, restocks FROM hub_channel_order
    WHERE connection_id = :connectionId AND external_id = :externalId AND deleted_at IS NULL FOR UPDATE
  ), fresh AS (
    SELECT key FROM unnest(CAST(:keys AS text[])) AS key, mine WHERE NOT jsonb_exists(mine.restocks, key)
  ), noted AS (
    UPDATE hub_channel_order o SET restocks = o.restocks || (SELECT COALESCE(jsonb_agg(key), '[]') FROM fresh), updated_at = now()
    FROM mine WHERE o.id = mine.id RETURNING o.id
  )
  SELECT key FROM fresh`

/** Returns that nobody has begun to book. What was begun and not ended is told to a person. */
export async function claimRestocks(
  sql: Sql,
  context: OrderContext,
  restocks: readonly PlannedRestock[]
): Promise<PlannedRestock[]> {
  const claimed = await query<{ key: string }>(sql, CLAIM_SQL, {
    connectionId: context.connectionId,
    externalId: context.order.externalId,
    keys: restocks.map(({ key }) => key),
  })
  const keys = new Set(claimed.map(({ key }) => key))
  const begun = restocks.filter(({ key }) => !keys.has(key))
  await raiseIssues(
    sql,
    begun.map((restock) => ({
      companyId: context.companyId,
      connectionId: context.connectionId,
      listingId: null,
      code: "restock-unclear",
      severity: "warning",
      message:
        `Goods of order ${context.order.number} of ${context.connectionName} came back (${restock.quantity} pieces), and the hub was ` +
        `interrupted while it put them back into stock. Look whether they are there, and add them if they are not.`,
      dedupeKey: `restock-unclear:${restock.key}`,
    }))
  )
  return restocks.filter(({ key }) => keys.has(key))
}
