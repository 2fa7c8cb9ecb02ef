import { generateEntityId } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import type { ExternalOrder } from "../../types/channel"
import { query, type Sql } from "../sql"
import type { ExistingReservation, ItemLevel, KeptReservation, OrderContext, ResolvedListing } from "./order-context"
import { lineItemId } from "./order-lines"

/** Topic of orders that were placed before the connection was there: read by a run, worked on after everything else. */
export const HISTORY_TOPIC = "order-history"

interface HeadRow {
  readonly company_id: string
  readonly connection_id: string
  readonly connection_name: string
  readonly sales_channel_id: string | null
  readonly order: ExternalOrder
  readonly topic: string
}

const HEAD_SQL = `
  SELECT e.company_id, e.connection_id, c.name AS connection_name, c.sales_channel_id,
    e.payload -> 'order' AS order, e.topic
  FROM hub_inbox_event e JOIN hub_connection c ON c.id = e.connection_id
  WHERE e.id = :inboxEventId`

/** Chooses our order's id before the order exists: whoever comes second reads the id of whoever came first. */
const REFERENCE_SQL = `
  WITH mine AS (
    INSERT INTO hub_external_reference (id, company_id, connection_id, entity, external_id, internal_id)
    VALUES (:id, :companyId, :connectionId, 'order', :externalId, :internalId)
    ON CONFLICT (connection_id, entity, external_id) WHERE deleted_at IS NULL DO NOTHING
    RETURNING internal_id, external_version::float8 AS external_version
  )
  SELECT internal_id, external_version FROM mine
  UNION ALL
  SELECT internal_id, external_version::float8 AS external_version FROM hub_external_reference
  WHERE connection_id = :connectionId AND entity = 'order' AND external_id = :externalId AND deleted_at IS NULL
  LIMIT 1`

const LISTINGS_SQL = `
  SELECT l.external_id, l.id AS listing_id, v.id AS variant_id, v.title AS variant_title, v.sku AS variant_sku,
    v.manage_inventory, p.id AS product_id, p.title AS product_title, l.pack_size,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('inventoryItemId', kit.inventory_item_id, 'required', kit.required_quantity::text)
       ORDER BY kit.inventory_item_id)
     FROM product_variant_inventory_item kit WHERE kit.variant_id = v.id AND kit.deleted_at IS NULL), '[]') AS components
  FROM hub_listing l
  LEFT JOIN product_variant v ON v.id = l.variant_id AND v.deleted_at IS NULL AND l.link_state = 'linked'
  LEFT JOIN product p ON p.id = v.product_id
  WHERE l.connection_id = :connectionId AND l.external_id = ANY(:externalIds) AND l.deleted_at IS NULL`

const LEVELS_SQL = `
  SELECT level.inventory_item_id AS "inventoryItemId", level.location_id AS "locationId",
    (level.stocked_quantity - level.reserved_quantity)::text AS available
  FROM inventory_level level
  JOIN stock_location location ON location.id = level.location_id AND location.deleted_at IS NULL
  WHERE level.inventory_item_id = ANY(:inventoryItemIds) AND level.location_id = ANY(:locationIds) AND level.deleted_at IS NULL`

const LOCATIONS_SQL = `
  SELECT external_location_id, array_agg(stock_location_id ORDER BY stock_location_id) AS location_ids
  FROM hub_location_mapping WHERE connection_id = :connectionId AND deleted_at IS NULL GROUP BY 1`

const RESERVATIONS_SQL = `
  SELECT r.id, r.line_item_id AS "lineItemId", r.inventory_item_id AS "inventoryItemId", r.location_id AS "locationId",
    r.quantity::text AS quantity
  FROM reservation_item r
  WHERE r.line_item_id = ANY(:lineItemIds) AND r.deleted_at IS NULL`

const EXISTING_SQL = `
  SELECT o.status, EXISTS (
    SELECT 1 FROM order_item item WHERE item.order_id = o.id AND item.fulfilled_quantity > 0 AND item.deleted_at IS NULL
  ) AS has_fulfillment
  FROM "order" o WHERE o.id = :orderId`

/* As the order is now: a line that an edit took out is in earlier versions only. */
const EXISTING_LINES_SQL = `
  SELECT item.item_id, max(item.quantity)::float8 AS quantity, max(item.fulfilled_quantity)::float8 AS fulfilled
  FROM order_item item JOIN "order" o ON o.id = item.order_id AND o.version = item.version
  WHERE item.order_id = :orderId AND item.deleted_at IS NULL GROUP BY item.item_id`

const KEPT_SQL = `
  SELECT r.metadata ->> 'hub_refund_id' AS "refundId", r.metadata ->> 'hub_line_item_id' AS "lineItemId",
    r.inventory_item_id AS "inventoryItemId"
  FROM reservation_item r
  WHERE r.inventory_item_id = ANY(:inventoryItemIds) AND r.line_item_id IS NULL AND r.deleted_at IS NULL
    AND r.external_id = :externalId AND r.metadata ->> 'hub_connection_id' = :connectionId`

const KNOWN_SQL = `
  SELECT is_historic, applied_digest, released_digest,
    COALESCE((SELECT array_agg(refund ->> 'external_id') FROM jsonb_array_elements(refunds) AS refund), '{}') AS refund_ids
  FROM hub_channel_order WHERE connection_id = :connectionId AND external_id = :externalId AND deleted_at IS NULL`

interface KnownRow {
  readonly is_historic: boolean
  readonly applied_digest: string | null
  readonly released_digest: string | null
  readonly refund_ids: readonly string[]
}

interface ListingRow {
  readonly external_id: string
  readonly listing_id: string
  readonly variant_id: string | null
  readonly variant_title: string | null
  readonly variant_sku: string | null
  readonly manage_inventory: boolean | null
  readonly product_id: string | null
  readonly product_title: string | null
  readonly pack_size: number
  readonly components: readonly { inventoryItemId: string; required: string }[]
}

const toResolved = (row: ListingRow): ResolvedListing => ({
  listingId: row.listing_id,
  variantId: row.variant_id,
  variantTitle: row.variant_title,
  variantSku: row.variant_sku,
  productId: row.product_id,
  productTitle: row.product_title,
  isManaged: row.manage_inventory ?? true,
  packSize: row.pack_size,
  components: row.components,
})

async function loadListings(
  sql: Sql,
  connectionId: string,
  order: ExternalOrder
): Promise<Record<string, ResolvedListing>> {
  const externalIds = order.lines.flatMap((line) => line.externalListingId ?? [])
  const rows = await query<ListingRow>(sql, LISTINGS_SQL, { connectionId, externalIds })
  return Object.fromEntries(rows.map((row) => [row.external_id, toResolved(row)]))
}

/** Reads everything that decides what a stored order message means. Reserves our order's id as a side effect. */
export async function loadOrderContext(sql: Sql, inboxEventId: string): Promise<OrderContext> {
  const [head] = await query<HeadRow>(sql, HEAD_SQL, { inboxEventId })
  if (!head) {
    throw new HubError({ kind: "not-found", message: `Inbox event ${inboxEventId} or its connection is gone.` })
  }
  const { order, connection_id: connectionId } = head
  const [reference] = await query<{ internal_id: string; external_version: number }>(sql, REFERENCE_SQL, {
    id: generateEntityId(undefined, "hxref"),
    companyId: head.company_id,
    connectionId,
    externalId: order.externalId,
    internalId: generateEntityId(undefined, "order"),
  })
  if (!reference) {
    throw new HubError({
      kind: "transient",
      message: `The reference of order ${order.number} is being written. Try again.`,
    })
  }
  const orderId = reference.internal_id
  const listings = await loadListings(sql, connectionId, order)
  const locations = await query<{ external_location_id: string; location_ids: string[] }>(sql, LOCATIONS_SQL, {
    connectionId,
  })
  const inventoryItemIds = Object.values(listings).flatMap((listing) =>
    listing.components.map((part) => part.inventoryItemId)
  )
  const levels = await query<ItemLevel>(sql, LEVELS_SQL, {
    inventoryItemIds,
    locationIds: locations.flatMap((location) => location.location_ids),
  })
  const lineItemIds = order.lines.map((line) => lineItemId(orderId, line.externalLineId))
  const reservations = await query<ExistingReservation>(sql, RESERVATIONS_SQL, { lineItemIds })
  const existingLines = await query<{ item_id: string; quantity: number; fulfilled: number }>(sql, EXISTING_LINES_SQL, {
    orderId,
  })
  const keptAside = await query<KeptReservation>(sql, KEPT_SQL, {
    inventoryItemIds,
    externalId: order.externalId,
    connectionId,
  })
  const [known] = await query<KnownRow>(sql, KNOWN_SQL, { connectionId, externalId: order.externalId })
  const [existing] = await query<{ status: string; has_fulfillment: boolean }>(sql, EXISTING_SQL, { orderId })
  return {
    companyId: head.company_id,
    connectionId,
    connectionName: head.connection_name,
    salesChannelId: head.sales_channel_id,
    inboxEventId,
    order,
    orderId,
    knownVersion: reference.external_version,
    orderExists: existing !== undefined,
    existingQuantities: Object.fromEntries(existingLines.map((line) => [line.item_id, line.quantity])),
    isCanceledInMedusa: existing?.status === "canceled",
    hasFulfillment: existing?.has_fulfillment ?? false,
    listings,
    levels,
    locationsByExternal: Object.fromEntries(locations.map((row) => [row.external_location_id, row.location_ids])),
    reservations,
    fulfilledQuantities: Object.fromEntries(existingLines.map((line) => [line.item_id, line.fulfilled])),
    isHistoric: known?.is_historic ?? head.topic === HISTORY_TOPIC,
    keptAside,
    knownRefundIds: known?.refund_ids ?? [],
    appliedDigest: known?.applied_digest ?? null,
    releasedDigest: known?.released_digest ?? null,
  }
}
