import type { FakeOrder, OrderRefund } from "./order-book"
import { dateTime } from "./order-view"
import { legacyId, type LevelChange } from "./shop-state"

/** Stands for a whole number that is too large for a number, until the text is made. */
const numeric = (id: string): string => `##${legacyId(id)}##`

/** JSON with such numbers as Shopify writes them: as digits, without quotes. */
const toBody = (value: unknown): Buffer => Buffer.from(JSON.stringify(value).replace(/"##(\d+)##"/g, "$1"))

export const orderBody = (order: FakeOrder, currency: string): Buffer =>
  toBody({
    id: numeric(order.id),
    admin_graphql_api_id: order.id,
    name: order.name,
    test: order.input.test,
    currency,
    created_at: dateTime(order.createdAt),
    updated_at: dateTime(order.updatedAt),
    cancelled_at: order.cancelledAt === null ? null : dateTime(order.cancelledAt),
    source_name: "web",
    line_items: order.lines.map((line) => ({
      id: numeric(line.id),
      admin_graphql_api_id: line.id,
      variant_id: line.item && numeric(line.item.variantId),
      sku: line.item?.sku ?? null,
      quantity: line.quantity,
      current_quantity: line.quantity - line.removed,
      price: line.price,
    })),
  })

export const refundBody = (order: FakeOrder, refund: OrderRefund): Buffer =>
  toBody({
    id: numeric(refund.id),
    order_id: numeric(order.id),
    created_at: dateTime(refund.createdAt),
    refund_line_items: refund.lines.map((line) => ({
      line_item_id: numeric(line.lineId),
      quantity: line.quantity,
      restock_type: line.restockType.toLowerCase(),
      location_id: line.placeId && numeric(line.placeId),
    })),
  })

export const levelBody = ({ item, place, quantity }: LevelChange, now: number): Buffer =>
  toBody({
    inventory_item_id: numeric(item.id),
    location_id: numeric(place.id),
    available: quantity,
    updated_at: dateTime(now),
    admin_graphql_api_id: `gid://shopify/InventoryLevel/${legacyId(place.id)}?inventory_item_id=${legacyId(item.id)}`,
  })
