import { createHash } from "node:crypto"
import type { ExternalOrder, ExternalOrderLine } from "../../types/channel"
import type { OrderContext, ResolvedListing } from "./order-context"

/** The same line of the same order is the same line item for ever, without a table to look it up in. */
export const lineItemId = (orderId: string, externalLineId: string): string =>
  `ordli_hub${createHash("sha256")
    .update(JSON.stringify([orderId, externalLineId]))
    .digest("hex")
    .slice(0, 24)}`

/** Changes when the goods or the money of an order do, and not with its other versions. */
export const digestOf = (order: ExternalOrder): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        order.lines.map((line) => [
          line.externalLineId,
          line.externalListingId,
          line.quantity,
          line.cancelledQuantity,
          line.unitPrice,
          line.discounts ?? [],
          line.taxes ?? [],
        ]),
        order.shippingLines ?? [],
        order.discounts ?? [],
        order.taxInclusive ?? false,
        order.refunds ?? [],
      ])
    )
    .digest("hex")

/** The channel has changed goods or money since the order in Medusa was made to say the same. */
export const isEdited = (context: OrderContext): boolean => context.appliedDigest !== digestOf(context.order)

/** Units that are still wanted. */
export const openUnits = (line: ExternalOrderLine): number => line.quantity - line.cancelledQuantity

/** Pieces of one unit of the line: the listing's pack, or one. */
export const packSizeOf = (context: OrderContext, line: ExternalOrderLine): number => {
  const listing = listingOf(context, line)
  return listing?.variantId ? listing.packSize : 1
}

/** Pieces of the line that have been packed already. */
export const fulfilledPieces = (context: OrderContext, line: ExternalOrderLine): number =>
  context.fulfilledQuantities?.[lineItemId(context.orderId, line.externalLineId)] ?? 0

/** Units of the line that came back after they were sent. */
export const returnedUnits = (context: OrderContext, line: ExternalOrderLine): number =>
  (context.order.refunds ?? [])
    .flatMap((refund) => refund.lines)
    .filter((part) => part.externalLineId === line.externalLineId && part.afterShipping)
    .reduce((sum, part) => sum + part.quantity, 0)

/** Pieces that have still to be packed. What came back after it was sent is no reason to send less. */
export function piecesToSend(context: OrderContext, line: ExternalOrderLine): number {
  const wanted =
    (openUnits(line) + Math.min(returnedUnits(context, line), line.cancelledQuantity)) * packSizeOf(context, line)
  return Math.max(wanted - fulfilledPieces(context, line), 0)
}

/** What the line sells, or null for services and listings that nobody imported. */
export const listingOf = (context: OrderContext, line: ExternalOrderLine): ResolvedListing | null =>
  line.externalListingId === null ? null : (context.listings[line.externalListingId] ?? null)
