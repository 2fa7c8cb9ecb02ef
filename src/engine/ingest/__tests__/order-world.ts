import { parseAmount } from "../../../lib/quantity"
import type { ExternalOrder, ExternalOrderLine } from "../../../types/channel"
import type { ExternalRefund, ExternalRefundLine } from "../../../types/channel-order"
import type { ExternalListingId, ExternalLocationId } from "../../../types/ids"
import type { OrderContext, ResolvedListing } from "../order-context"
import { lineItemId } from "../order-lines"
import { planOrder, type OrderPlan } from "../plan-order"

export const listing = (name: string, over: Partial<ResolvedListing> = {}): ResolvedListing => ({
  listingId: `hlst_${name}`,
  variantId: `variant_${name}`,
  variantTitle: `${name} / blue`,
  variantSku: `SKU-${name}`,
  productId: `prod_${name}`,
  productTitle: `The ${name}`,
  isManaged: true,
  packSize: 1,
  components: [{ inventoryItemId: `item_${name}`, required: "1" }],
  ...over,
})

export const line = (over: Partial<Omit<ExternalOrderLine, "externalListingId">> & { sells?: string | null } = {}) => {
  const { sells = "shirt", ...rest } = over
  return {
    externalLineId: "L1",
    externalListingId: sells as ExternalListingId | null,
    externalLocationId: "*" as ExternalLocationId,
    sku: "EXT-1",
    title: "A line",
    quantity: 2,
    cancelledQuantity: 0,
    unitPrice: "12.50",
    ...rest,
  } satisfies ExternalOrderLine
}

export const order = (lines: readonly ExternalOrderLine[], version = 1): ExternalOrder => ({
  externalId: "X-1",
  number: "#1001",
  version,
  placedAt: "2026-08-01T10:00:00.000Z",
  currencyCode: "eur",
  email: null,
  lines,
})

/** A first order of two shirts: ten of them at one location, and nothing known of the order. */
export const contextOf = (over: Partial<OrderContext> = {}): OrderContext => ({
  companyId: "hcomp_default",
  connectionId: "hconn_1",
  connectionName: "Web shop",
  salesChannelId: null,
  inboxEventId: "hin_1",
  order: order([line()]),
  orderId: "order_1",
  knownVersion: 0,
  orderExists: false,
  // As an order that was taken over before would have it.
  existingQuantities: Object.fromEntries(
    (over.order ?? order([line()])).lines.map(({ externalLineId }) => [lineItemId("order_1", externalLineId), 1_000])
  ),
  isCanceledInMedusa: false,
  hasFulfillment: false,
  listings: { shirt: listing("shirt") },
  levels: [{ inventoryItemId: "item_shirt", locationId: "loc_a", available: "10" }],
  locationsByExternal: { "*": ["loc_a"] },
  reservations: [],
  ...over,
})

export const itemOf = (externalLineId: string): string => lineItemId("order_1", externalLineId)

/** A reservation that is there already. */
export const held = (id: string, quantity: string, over: { item?: string; lineId?: string; at?: string } = {}) => ({
  id,
  lineItemId: itemOf(over.lineId ?? "L1"),
  inventoryItemId: over.item ?? "item_shirt",
  locationId: over.at ?? "loc_a",
  quantity,
})

export const refund = (over: Partial<ExternalRefundLine> = {}, externalId = "R1"): ExternalRefund => ({
  externalId,
  createdAt: "2026-08-02T10:00:00.000Z",
  lines: [{ externalLineId: "L1", quantity: 1, restock: true, ...over }],
})

export function planOf(context: OrderContext): OrderPlan {
  const plan = planOrder(context)
  if (!plan.ok) {
    throw new Error(plan.error.message)
  }
  return plan.value
}

/** Millionths, so that sums are exact. */
export function exact(value: string | number): bigint {
  const amount = parseAmount(value, "up")
  if (!amount.ok) {
    throw new Error(amount.error.message)
  }
  return amount.value
}

const text = (millionths: bigint): string => {
  const sign = millionths < 0n ? "-" : ""
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(7, "0")
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/** What Medusa looks like after the plan was carried out. Whether the version was taken over is the caller's business. */
export function carryOut(context: OrderContext, plan: OrderPlan): OrderContext {
  const shrunk = new Map(plan.shrink.map(({ id, quantity }) => [id, quantity]))
  const kept = plan.cancelOrder
    ? []
    : context.reservations
        .filter(({ id }) => !plan.release.includes(id))
        .map((reservation) => {
          const quantity = shrunk.get(reservation.id)
          return quantity === undefined ? reservation : { ...reservation, quantity: text(exact(quantity)) }
        })
  const added = plan.reserve.map((reservation, index) => ({
    id: `res_${context.reservations.length + index}`,
    lineItemId: reservation.line_item_id,
    inventoryItemId: reservation.inventory_item_id,
    locationId: reservation.location_id,
    quantity: text(exact(reservation.quantity)),
  }))
  const reservations = [...kept, ...added]
  const heldAt = (from: OrderContext["reservations"], itemId: string, locationId: string): bigint =>
    from
      .filter((held) => held.inventoryItemId === itemId && held.locationId === locationId)
      .reduce((sum, held) => sum + exact(held.quantity), 0n)
  return {
    ...context,
    orderExists: context.orderExists || plan.createLines !== null,
    existingQuantities: {
      ...context.existingQuantities,
      ...Object.fromEntries((plan.createLines ?? []).map(({ id, quantity }) => [id, quantity])),
    },
    isCanceledInMedusa: context.isCanceledInMedusa || plan.cancelOrder,
    reservations,
    levels: context.levels.map((level) => {
      const change =
        heldAt(context.reservations, level.inventoryItemId, level.locationId) -
        heldAt(reservations, level.inventoryItemId, level.locationId)
      return { ...level, available: text(exact(level.available) + change) }
    }),
  }
}

/** What is reserved, by line item and inventory item, in millionths. */
export function reservedBy(context: OrderContext): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { lineItemId: lineId, inventoryItemId, quantity } of context.reservations) {
    const key = `${lineId} ${inventoryItemId}`
    sums.set(key, (sums.get(key) ?? 0n) + exact(quantity))
  }
  return sums
}

/** What every line needs, by line item and inventory item, in millionths. Counted apart from the code under test. */
export function neededBy(context: OrderContext): Map<string, bigint> {
  const needs = new Map<string, bigint>()
  for (const { externalLineId, externalListingId, quantity, cancelledQuantity } of context.order.lines) {
    const sold = externalListingId === null ? undefined : context.listings[externalListingId]
    for (const part of sold?.variantId && sold.isManaged ? sold.components : []) {
      const units = BigInt((quantity - cancelledQuantity) * (sold?.packSize ?? 1))
      if (units > 0n) {
        needs.set(`${itemOf(externalLineId)} ${part.inventoryItemId}`, exact(part.required) * units)
      }
    }
  }
  return needs
}
