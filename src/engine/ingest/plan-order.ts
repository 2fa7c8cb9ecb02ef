import type { HubFailure } from "../../lib/errors"
import { ok, type Result } from "../../lib/result"
import type { ExternalOrderLine } from "../../types/channel"
import type { OrderContext } from "./order-context"
import { lineItemId, listingOf, openUnits } from "./order-lines"
import { planReservations, type ReservationChanges } from "./plan-reservations"

export interface PlannedLine {
  readonly id: string
  readonly title: string
  readonly quantity: number
  readonly unit_price: number
  readonly variant_id?: string
  readonly variant_sku?: string
  readonly variant_title?: string
  readonly product_id?: string
  readonly product_title?: string
  readonly requires_shipping: boolean
  readonly metadata: Readonly<Record<string, unknown>>
}

export interface PlannedIssue {
  readonly code: string
  readonly severity: "info" | "warning" | "critical"
  readonly message: string
  readonly dedupeKey: string
  readonly listingId: string | null
}

/** Channel units that a buyer gave back: the channel may be selling them again already. */
export interface ReturnedUnits {
  readonly listingId: string
  readonly externalLocationId: string
  readonly units: number
}

/** What has to happen so that Medusa says what the channel says. Applying it twice changes nothing the second time. */
export interface OrderPlan extends ReservationChanges {
  /** A version that we know already, or an older one. */
  readonly isStale: boolean
  /** The lines of the order to create, or null when there is none to create. */
  readonly createLines: readonly PlannedLine[] | null
  /** Nothing of it is wanted any more: Medusa's own cancellation gives its stock back. */
  readonly cancelOrder: boolean
  /** Listings whose number the channel has changed by itself. */
  readonly soldListingIds: readonly string[]
  readonly returned: readonly ReturnedUnits[]
  readonly issues: readonly PlannedIssue[]
}

function planLine(context: OrderContext, line: ExternalOrderLine): PlannedLine {
  const listing = listingOf(context, line)
  const packSize = listing?.variantId ? listing.packSize : 1
  return {
    id: lineItemId(context.orderId, line.externalLineId),
    title: listing?.productTitle ?? line.title,
    quantity: openUnits(line) * packSize,
    unit_price: Number(line.unitPrice) / packSize,
    ...(listing?.variantId ? { variant_id: listing.variantId } : {}),
    ...(listing?.variantSku ? { variant_sku: listing.variantSku } : {}),
    ...(listing?.variantTitle ? { variant_title: listing.variantTitle } : {}),
    ...(listing?.productId ? { product_id: listing.productId } : {}),
    ...(listing?.productTitle ? { product_title: listing.productTitle } : {}),
    requires_shipping: line.externalListingId !== null,
    metadata: {
      hub_external_line_id: line.externalLineId,
      hub_channel_units: openUnits(line),
      hub_pack_size: packSize,
    },
  }
}

/** The buyer added a line or units on the channel after we had taken the order over. */
const isMoreThanBefore = (context: OrderContext, line: ExternalOrderLine): boolean =>
  openUnits(line) * (listingOf(context, line)?.packSize ?? 1) >
  (context.existingQuantities[lineItemId(context.orderId, line.externalLineId)] ?? 0)

function planIssues(context: OrderContext, createsOrder: boolean): PlannedIssue[] {
  const { order } = context
  const issues: PlannedIssue[] = []
  // Until the version is taken over, and not only when the order is created: a crash in between must not lose it.
  const isFirst = context.knownVersion === 0
  const isCancelled = order.lines.every((line) => openUnits(line) === 0)
  const isLeftToPeople = context.orderExists && context.knownVersion > 0 && (!isCancelled || context.hasFulfillment)
  for (const line of order.lines) {
    const listing = listingOf(context, line)
    if (isFirst && openUnits(line) > 0 && line.externalListingId !== null && !listing?.variantId) {
      issues.push({
        code: "unmapped-order-line",
        severity: "critical",
        listingId: listing?.listingId ?? null,
        message:
          `Order ${order.number} of ${context.connectionName} sold ${openUnits(line)} × "${line.sku ?? line.title}", ` +
          `which is linked to no variant: no stock was reserved. Link the listing and reserve by hand.`,
        dedupeKey: `unmapped-order-line:${order.externalId}:${line.externalLineId}`,
      })
    }
    if (!context.orderExists && !createsOrder && line.cancelledQuantity > 0) {
      issues.push({
        code: "unknown-order-returned",
        severity: "info",
        listingId: listing?.listingId ?? null,
        message:
          `${context.connectionName} took back ${line.cancelledQuantity} × "${line.sku ?? line.title}" of order ` +
          `${order.number}, which the hub never saw: stock was not changed. If the goods are back, add them to stock.`,
        dedupeKey: `unknown-order-returned:${order.externalId}:${line.externalLineId}`,
      })
    }
    if (context.orderExists && !isFirst && isMoreThanBefore(context, line)) {
      issues.push({
        code: "order-grew-on-channel",
        severity: "critical",
        listingId: listing?.listingId ?? null,
        message:
          `Order ${order.number} of ${context.connectionName} now asks for ${openUnits(line)} × ` +
          `"${line.sku ?? line.title}", more than the order in Medusa. Edit the order there, so that stock is reserved.`,
        dedupeKey: `order-grew-on-channel:${order.externalId}:${line.externalLineId}`,
      })
    }
    if (isLeftToPeople && line.cancelledQuantity > 0) {
      issues.push({
        code: "order-line-cancelled-in-part",
        severity: "info",
        listingId: listing?.listingId ?? null,
        message:
          `Order ${order.number} of ${context.connectionName}: ${line.cancelledQuantity} of ${line.quantity} × ` +
          `"${line.sku ?? line.title}" were cancelled on the channel and their stock is free again. ` +
          `The order in Medusa still lists all of them: ship ${openUnits(line)}.`,
        dedupeKey: `order-line-cancelled-in-part:${order.externalId}:${line.externalLineId}`,
      })
    }
  }
  return issues
}

const planUnreservedIssues = (context: OrderContext, lines: readonly ExternalOrderLine[]): PlannedIssue[] =>
  lines.map((line) => ({
    code: "sold-without-stock",
    severity: "critical",
    listingId: listingOf(context, line)?.listingId ?? null,
    message:
      `Order ${context.order.number} of ${context.connectionName} sold ${openUnits(line)} × "${line.sku ?? line.title}", ` +
      `of which no location that feeds the channel keeps stock: nothing was reserved. Add a stock level and reserve by hand.`,
    dedupeKey: `sold-without-stock:${context.order.externalId}:${line.externalLineId}`,
  }))

/** All that was ever given back, because nobody keeps what an earlier version gave back: too much is safe, too little is not. */
const planReturned = (context: OrderContext): ReturnedUnits[] =>
  context.order.lines.flatMap((line) => {
    const listing = listingOf(context, line)
    return listing && line.cancelledQuantity > 0
      ? [{ listingId: listing.listingId, externalLocationId: line.externalLocationId, units: line.cancelledQuantity }]
      : []
  })

const NO_CHANGES: ReservationChanges = { reserve: [], release: [], shrink: [], unreserved: [] }

const STALE: OrderPlan = {
  isStale: true,
  createLines: null,
  cancelOrder: false,
  ...NO_CHANGES,
  soldListingIds: [],
  returned: [],
  issues: [],
}

/**
 * Decides what a version of a channel's order means for Medusa. Pure, total and convergent: after a crash at any point
 * the same call plans exactly what is missing, and a version that is not newer plans nothing.
 */
export function planOrder(context: OrderContext): Result<OrderPlan, HubFailure> {
  const { order } = context
  if (order.version <= context.knownVersion) {
    return ok(STALE)
  }
  // Cancelled as a whole before we saw it: nothing to create, but remember it, for the first version may still come.
  const createsOrder = !context.orderExists && order.lines.some((line) => openUnits(line) > 0)
  const reservations = planReservations(context)
  if (!reservations.ok) {
    return reservations
  }
  const cancelOrder =
    context.orderExists &&
    !context.isCanceledInMedusa &&
    !context.hasFulfillment &&
    order.lines.every((line) => openUnits(line) === 0)
  return ok({
    isStale: false,
    createLines: createsOrder
      ? order.lines.filter((line) => openUnits(line) > 0).map((line) => planLine(context, line))
      : null,
    cancelOrder,
    ...(cancelOrder ? NO_CHANGES : reservations.value),
    soldListingIds: [...new Set(order.lines.flatMap((line) => listingOf(context, line)?.listingId ?? []))].sort(),
    returned: planReturned(context),
    issues: [...planIssues(context, createsOrder), ...planUnreservedIssues(context, reservations.value.unreserved)],
  })
}
