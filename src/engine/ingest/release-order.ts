import type { IOrderModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import { resolveIssues } from "../issues"
import { query, type Sql } from "../sql"

interface HeldRow {
  readonly id: string
  readonly connection_id: string
  readonly external_id: string
  readonly external_number: string
  readonly held_at: Date | null
}

const FIND_SQL = `
  SELECT id, connection_id, external_id, external_number, held_at FROM hub_channel_order
  WHERE order_id = :orderId AND deleted_at IS NULL LIMIT 1`

/* Only this difference is let pass: `held_digest` is what the last check came to. */
const RELEASE_SQL = `
  UPDATE hub_channel_order SET held_at = NULL, released_at = clock_timestamp(), released_by = :by, released_digest = held_digest,
    updated_at = now()
  WHERE id = :id AND held_at IS NOT NULL RETURNING id`

/**
 * Lets an order pass although its totals differ: a person has looked at it. The same difference is not held again; another is.
 *
 * Throws `not-found` for an order that no channel sent, `conflict` for one that is not held.
 */
export async function releaseOrder(
  container: MedusaContainer,
  { orderId, by }: { readonly orderId: string; readonly by: string }
): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [order] = await query<HeldRow>(sql, FIND_SQL, { orderId })
  if (!order) {
    throw new HubError({ kind: "not-found", message: `Order ${orderId} came from no channel.` })
  }
  const released = await query(sql, RELEASE_SQL, { id: order.id, by })
  if (released.length === 0) {
    throw new HubError({ kind: "conflict", message: `Order ${order.external_number} is not held.` })
  }
  const orders = container.resolve<IOrderModuleService>(Modules.ORDER)
  const { status } = await orders.retrieveOrder(orderId, { select: ["id", "status"] })
  if (status === "requires_action") {
    await orders.updateOrders(orderId, { status: "pending" })
  }
  await resolveIssues(sql, order.connection_id, `order-held:${order.external_id}`)
}
