import { raiseIssues } from "../issues"
import { query, type Sql } from "../sql"
import { TOOK_MS_SQL } from "./claim-inbox-events"
import type { OrderContext } from "./order-context"
import type { OrderPlan } from "./plan-order"

/** The channel lowered these numbers by itself, so what it shows is unknown until it is written again. */
const SOLD_SQL = `
  WITH locked AS (
    SELECT s.id FROM hub_listing_state s
    WHERE s.listing_id = ANY(:listingIds) AND s.deleted_at IS NULL ORDER BY s.id FOR UPDATE
  )
  UPDATE hub_listing_state s SET acked = NULL, stale_version = s.stale_version + 1, unknown_version = s.stale_version + 1,
    touched_at = clock_timestamp(), flip_count = 0, flip_since = NULL, cause = COALESCE(s.cause, 'sale'),
    stale_since = LEAST(s.stale_since, clock_timestamp()), change_count = s.change_count + 1, state = 'pending', updated_at = now()
  FROM locked WHERE s.id = locked.id`

const REFERENCE_SQL = `
  UPDATE hub_external_reference SET external_version = GREATEST(external_version, :version), updated_at = now()
  WHERE connection_id = :connectionId AND entity = 'order' AND external_id = :externalId AND deleted_at IS NULL`

const EVENT_SQL = `
  UPDATE hub_inbox_event SET state = :state, processed_at = clock_timestamp(), took_ms = ${TOOK_MS_SQL}, lease_token = NULL,
    lease_until = NULL, error = NULL, updated_at = now()
  WHERE id = :inboxEventId`

/** Items of the order of which more is promised than there is, summed over every location. */
const OVERSOLD_SQL = `
  SELECT level.inventory_item_id, item.sku, (-sum(level.stocked_quantity - level.reserved_quantity))::float8 AS missing
  FROM inventory_level level
  JOIN inventory_item item ON item.id = level.inventory_item_id
  JOIN stock_location location ON location.id = level.location_id AND location.deleted_at IS NULL
  WHERE level.inventory_item_id = ANY(:inventoryItemIds) AND level.deleted_at IS NULL
  GROUP BY 1, 2 HAVING sum(level.stocked_quantity - level.reserved_quantity) < 0`

async function raiseOversold(sql: Sql, context: OrderContext): Promise<void> {
  if (context.knownVersion > 0) {
    return
  }
  // Of all its items and not only of those reserved in this run: a crash may have come after the reservations.
  const components = Object.values(context.listings).flatMap((listing) => listing.components)
  const inventoryItemIds = [...new Set(components.map((component) => component.inventoryItemId))]
  const oversold = await query<{ inventory_item_id: string; sku: string | null; missing: number }>(sql, OVERSOLD_SQL, {
    inventoryItemIds,
  })
  await raiseIssues(
    sql,
    oversold.map((item) => ({
      companyId: context.companyId,
      connectionId: context.connectionId,
      listingId: null,
      code: "oversold",
      severity: "critical",
      message:
        `Order ${context.order.number} of ${context.connectionName} sold ${item.sku ?? item.inventory_item_id} beyond stock: ` +
        `${item.missing} more promised than there are. Restock, move stock here, or cancel with the buyer.`,
      dedupeKey: `oversold:${item.inventory_item_id}:${context.order.externalId}`,
    }))
  )
}

/**
 * Closes an order message once Medusa says what the channel says: the version is taken over, the message is processed,
 * the channel's own numbers become unknown, issues are raised. One transaction, so that no part can be true alone.
 */
export async function finishOrder(sql: Sql, context: OrderContext, plan: OrderPlan): Promise<void> {
  await sql.transaction(async (transaction) => {
    if (!plan.isStale) {
      await query(transaction, SOLD_SQL, { listingIds: plan.soldListingIds })
      await query(transaction, REFERENCE_SQL, {
        version: context.order.version,
        connectionId: context.connectionId,
        externalId: context.order.externalId,
      })
      await raiseIssues(
        transaction,
        plan.issues.map((issue) => ({ ...issue, companyId: context.companyId, connectionId: context.connectionId }))
      )
      await raiseOversold(transaction, context)
    }
    await query(transaction, EVENT_SQL, {
      inboxEventId: context.inboxEventId,
      state: plan.isStale ? "stale" : "processed",
    })
  })
}

/** Whether the message has been closed, in this run or another. */
export async function isFinished(sql: Sql, context: OrderContext): Promise<boolean> {
  const [event] = await query<{ state: string }>(sql, "SELECT state FROM hub_inbox_event WHERE id = :id", {
    id: context.inboxEventId,
  })
  return event !== undefined && event.state !== "accepted"
}
