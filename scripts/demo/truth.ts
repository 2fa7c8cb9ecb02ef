import type { Client } from "@medusajs/framework/pg"

/*
 * The truth, worked out a second time: in plain SQL, with nothing of the hub's own code in it. The demo and the fault tests
 * hold the hub against it.
 */

interface ChannelOrder {
  readonly id: string
  readonly lines: readonly {
    readonly listing_id: string | null
    readonly quantity: number
    readonly cancelled_quantity: number
  }[]
}

/** What a fake channel says of itself. */
export interface ChannelState {
  readonly stock: readonly { readonly listing_id: string; readonly location_id: string; readonly quantity: number }[]
  readonly orders: readonly ChannelOrder[]
}

export interface ListingTruth {
  readonly external_id: string
  readonly external_location_id: string
  readonly acked: number | null
  readonly state: string
  /** What the stock gives now. */
  readonly expected: number
}

/** Simple listings, packs and kits alike. */
const STATES_SQL = `
  SELECT l.external_id, s.external_location_id, s.acked, s.state,
    floor(GREATEST(0, COALESCE((
      SELECT sum(place.units) FROM (
        SELECT m.stock_location_id, min(floor((COALESCE(lvl.stocked_quantity, 0) - COALESCE(lvl.reserved_quantity, 0)) / kit.required_quantity)) AS units
        FROM hub_location_mapping m
        JOIN product_variant_inventory_item kit ON kit.variant_id = l.variant_id AND kit.deleted_at IS NULL
        LEFT JOIN inventory_level lvl ON lvl.inventory_item_id = kit.inventory_item_id AND lvl.location_id = m.stock_location_id AND lvl.deleted_at IS NULL
        WHERE m.connection_id = s.connection_id AND m.external_location_id = s.external_location_id AND m.deleted_at IS NULL
        GROUP BY 1
      ) place), 0)) / l.pack_size)::int AS expected
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id
  WHERE s.connection_id = $1 AND s.deleted_at IS NULL`

/** What every listing state of a connection says, and what it should say. Assumes packs and kits of whole units only. */
export const readListingStates = async (db: Client, connectionId: string): Promise<ListingTruth[]> =>
  (await db.query<ListingTruth>(STATES_SQL, [connectionId])).rows

export interface TakenOrder {
  readonly external_id: string
  /** Orders of Medusa that it has become. */
  readonly orders: number
  /** Units reserved for it. */
  readonly reserved: number
}

const ORDERS_SQL = `
  SELECT x.external_id, count(o.id)::int AS orders,
    COALESCE((SELECT sum(r.quantity) FROM reservation_item r JOIN order_item i ON i.item_id = r.line_item_id
        JOIN "order" present ON present.id = i.order_id AND present.version = i.version
      WHERE i.order_id = x.internal_id AND i.deleted_at IS NULL AND r.deleted_at IS NULL), 0)::float8 AS reserved
  FROM hub_external_reference x LEFT JOIN "order" o ON o.id = x.internal_id
  WHERE x.connection_id = $1 AND x.entity = 'order' AND x.deleted_at IS NULL
  GROUP BY x.external_id, x.internal_id`

/** What the hub and Medusa made of a connection's orders. */
export const readTakenOrders = async (db: Client, connectionId: string): Promise<TakenOrder[]> =>
  (await db.query<TakenOrder>(ORDERS_SQL, [connectionId])).rows

/** Units of goods that an order still wants. */
export const openUnits = (order: ChannelOrder): number =>
  order.lines.reduce((sum, line) => sum + (line.listing_id ? line.quantity - line.cancelled_quantity : 0), 0)

/**
 * Whether an order of a channel is exactly one order in Medusa. One that was cancelled before the hub saw it needs none;
 * one that the hub has taken over has one.
 */
export function isTakenOnce(order: ChannelOrder, taken: TakenOrder | undefined): boolean {
  const mayBeAbsent = order.lines.every((line) => line.cancelled_quantity === line.quantity)
  return taken !== undefined && (taken.orders === 1 || (taken.orders === 0 && mayBeAbsent))
}
