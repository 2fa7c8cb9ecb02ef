import { multiplyAmount, subtractAmounts, type Amount } from "../../lib/quantity"
import type { ExternalOrderLine } from "../../types/channel"
import { packSizeOf } from "./order-lines"
import type { OrderContext } from "./order-context"

/** Stock that a cancellation gives back at one location. */
export interface Freed {
  readonly locationId: string
  readonly amount: Amount
}

/** A reservation that belongs to no line: stock of a refund without restock. */
export interface PlannedKept {
  readonly inventory_item_id: string
  readonly location_id: string
  readonly quantity: number
  readonly allow_backorder: true
  readonly description: string
  readonly external_id: string
  readonly metadata: Readonly<Record<string, unknown>>
}

interface FreedNeed {
  readonly line: ExternalOrderLine
  readonly lineItemId: string
  readonly inventoryItemId: string
  readonly required: Amount
}

/**
 * What of the freed stock stays out of sale, because the channel did not put it back either: it may be lost or broken. Only
 * for refunds that are new, and once for each: a person may delete the reservation when the goods are good.
 */
export function planKeptAside(context: OrderContext, need: FreedNeed, freed: readonly Freed[]): PlannedKept[] {
  const kept: PlannedKept[] = []
  const left = freed.map((part) => ({ ...part }))
  for (const refund of context.order.refunds ?? []) {
    const isKept = (context.keptAside ?? []).some(
      (one) =>
        one.refundId === refund.externalId &&
        one.lineItemId === need.lineItemId &&
        one.inventoryItemId === need.inventoryItemId
    )
    const units = refund.lines
      .filter((part) => part.externalLineId === need.line.externalLineId && !part.restock && !part.afterShipping)
      .reduce((sum, part) => sum + part.quantity, 0)
    let wanted = multiplyAmount(need.required, units * packSizeOf(context, need.line))
    if ((context.knownRefundIds ?? []).includes(refund.externalId)) {
      continue
    }
    for (const part of left) {
      const amount = part.amount < wanted ? part.amount : wanted
      if (amount > 0n) {
        part.amount = subtractAmounts(part.amount, amount)
        wanted = subtractAmounts(wanted, amount)
        if (!isKept) {
          kept.push({
            inventory_item_id: need.inventoryItemId,
            location_id: part.locationId,
            quantity: Number(amount) / 1_000_000,
            allow_backorder: true,
            description: `${context.connectionName} order ${context.order.number}: refunded without restock`,
            external_id: context.order.externalId,
            metadata: {
              hub_connection_id: context.connectionId,
              hub_refund_id: refund.externalId,
              hub_line_item_id: need.lineItemId,
            },
          })
        }
      }
    }
  }
  return kept
}
