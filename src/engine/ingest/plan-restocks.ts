import { fulfilledPieces, lineItemId, listingOf, packSizeOf } from "./order-lines"
import type { OrderContext } from "./order-context"

/** Goods that had been sent and that the channel counts as sellable again. */
export interface PlannedRestock {
  /** Refund, line and item: booked once. */
  readonly key: string
  readonly inventory_item_id: string
  readonly location_id: string
  readonly quantity: number
}

const text = (quantity: number): number => Math.round(quantity * 1_000_000) / 1_000_000

/**
 * What a return puts back into stock. Units that were not sent only give up their reservation; only what has left the stock
 * comes back to it. Each refund is booked once.
 */
export function planRestocks(context: OrderContext): PlannedRestock[] {
  if (context.isHistoric) {
    return []
  }
  const restocks: PlannedRestock[] = []
  for (const refund of context.order.refunds ?? []) {
    if ((context.knownRefundIds ?? []).includes(refund.externalId)) {
      continue
    }
    for (const part of refund.lines) {
      const line = context.order.lines.find(({ externalLineId }) => externalLineId === part.externalLineId)
      const listing = line && listingOf(context, line)
      if (!line || !listing?.variantId || !listing.isManaged || !part.restock || !part.afterShipping) {
        continue
      }
      const pieces = Math.min(part.quantity * packSizeOf(context, line), fulfilledPieces(context, line))
      const places = [part.externalLocationId ?? line.externalLocationId, line.externalLocationId]
      const location =
        places.flatMap((place) => context.locationsByExternal[place] ?? [])[0] ??
        Object.values(context.locationsByExternal).flat()[0]
      for (const component of location && pieces > 0 ? listing.components : []) {
        restocks.push({
          key: `${refund.externalId}:${lineItemId(context.orderId, line.externalLineId)}:${component.inventoryItemId}`,
          inventory_item_id: component.inventoryItemId,
          location_id: location ?? "",
          quantity: text(pieces * Number(component.required)),
        })
      }
    }
  }
  return restocks
}
