import { currencyDecimals } from "../../lib/money"
import type { HubFailure } from "../../lib/errors"
import { ok, type Result } from "../../lib/result"
import type { ExternalOrderLine } from "../../types/channel"
import type { OrderContext } from "./order-context"
import { digestOf, fulfilledPieces, isEdited, lineItemId, listingOf, openUnits, packSizeOf } from "./order-lines"
import { planMoney, type PlannedAdjustment, type PlannedMoney, type PlannedTaxLine } from "./plan-money"
import { planIssues, type PlannedIssue } from "./plan-issues"
import { NO_CHANGES, planReservations, type ReservationChanges } from "./plan-reservations"
import { planRestocks, type PlannedRestock } from "./plan-restocks"

export interface PlannedLine {
  readonly id: string
  readonly title: string
  readonly quantity: number
  /** Decimal text. */
  readonly unit_price: string
  readonly is_tax_inclusive: boolean
  readonly adjustments: readonly PlannedAdjustment[]
  readonly tax_lines: readonly PlannedTaxLine[]
  readonly variant_id?: string
  readonly variant_sku?: string
  readonly variant_title?: string
  readonly product_id?: string
  readonly product_title?: string
  readonly requires_shipping: boolean
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Channel units that a buyer gave back: the channel may be selling them again already. */
export interface ReturnedUnits {
  readonly listingId: string
  readonly externalLocationId: string
  readonly units: number
}

export interface OrderEdit {
  readonly lines: readonly PlannedLine[]
  /** Lines of which more was sent than is wanted now: Medusa takes nothing that was sent out of an order. */
  readonly untouched: readonly string[]
}

/** What has to happen so that Medusa says what the channel says. Applying it twice changes nothing the second time. */
export interface OrderPlan extends ReservationChanges {
  /** A version that we know already, or an older one. */
  readonly isStale: boolean
  /** The lines of the order to create, or null when there is none to create. */
  readonly createLines: readonly PlannedLine[] | null
  /** What the order in Medusa shall have now, or null when nothing was changed. */
  readonly edit: OrderEdit | null
  /** Nothing of it is wanted any more: Medusa's own cancellation gives its stock back. */
  readonly cancelOrder: boolean
  /** The order's money: as ordered, to compare it, and what is left of it, to write it. Null when there is nothing to write. */
  readonly money: {
    readonly ordered: PlannedMoney
    readonly wanted: PlannedMoney
    readonly problem: string | null
  } | null
  /** Stands for the goods and the money of this version. */
  readonly digest: string
  readonly restocks: readonly PlannedRestock[]
  /** Listings whose number the channel has changed by itself. */
  readonly soldListingIds: readonly string[]
  readonly returned: readonly ReturnedUnits[]
  readonly issues: readonly PlannedIssue[]
}

function planLine(context: OrderContext, line: ExternalOrderLine, money: PlannedMoney): PlannedLine {
  const listing = listingOf(context, line)
  const packSize = packSizeOf(context, line)
  const price = money.lines.find(({ key }) => key === line.externalLineId)
  return {
    id: lineItemId(context.orderId, line.externalLineId),
    title: listing?.productTitle ?? line.title,
    quantity: openUnits(line) * packSize,
    unit_price: price?.unit_price ?? "0",
    is_tax_inclusive: price?.is_tax_inclusive ?? false,
    adjustments: price?.adjustments ?? [],
    tax_lines: price?.tax_lines ?? [],
    ...(listing?.variantId ? { variant_id: listing.variantId } : {}),
    ...(listing?.variantSku ? { variant_sku: listing.variantSku } : {}),
    ...(listing?.variantTitle ? { variant_title: listing.variantTitle } : {}),
    ...(listing?.productId ? { product_id: listing.productId } : {}),
    ...(listing?.productTitle ? { product_title: listing.productTitle } : {}),
    requires_shipping: line.requiresShipping ?? line.externalListingId !== null,
    metadata: {
      hub_external_line_id: line.externalLineId,
      hub_external_location_id: line.externalLocationId,
      hub_channel_units: openUnits(line),
      hub_pack_size: packSize,
    },
  }
}

/** The order must come in also when its amounts cannot be read: then it has none, and is held. */
function moneyOf(context: OrderContext): NonNullable<OrderPlan["money"]> {
  const { order } = context
  const packs = new Map(order.lines.map((line) => [line.externalLineId, packSizeOf(context, line)]))
  const sizeOf = (externalLineId: string): number => packs.get(externalLineId) ?? 1
  const ordered = planMoney(order, "ordered", sizeOf)
  const wanted = planMoney(order, "wanted", sizeOf)
  if (ordered.ok && wanted.ok) {
    return { ordered: ordered.value, wanted: wanted.value, problem: null }
  }
  const nothing: PlannedMoney = {
    currency_code: order.currencyCode.toLowerCase(),
    decimals: order.currencyDecimals ?? currencyDecimals(order.currencyCode),
    rates: "named",
    lines: [],
    shipping_methods: [],
    credit_lines: [],
  }
  const failure = ordered.ok ? wanted : ordered
  return { ordered: nothing, wanted: nothing, problem: failure.ok ? null : failure.error.message }
}

/** All that was ever given back, because nobody keeps what an earlier version gave back: too much is safe, too little is not. */
const planReturned = (context: OrderContext): ReturnedUnits[] =>
  context.order.lines.flatMap((line) => {
    const listing = listingOf(context, line)
    return listing && line.cancelledQuantity > 0
      ? [{ listingId: listing.listingId, externalLocationId: line.externalLocationId, units: line.cancelledQuantity }]
      : []
  })

const NOTHING_TO_DO: Omit<OrderPlan, "isStale" | "digest"> = {
  createLines: null,
  edit: null,
  cancelOrder: false,
  money: null,
  ...NO_CHANGES,
  restocks: [],
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
  const digest = digestOf(order)
  if (order.version <= context.knownVersion) {
    return ok({ ...NOTHING_TO_DO, digest, isStale: true })
  }
  const soldListingIds = context.isHistoric
    ? []
    : [...new Set(order.lines.flatMap((line) => listingOf(context, line)?.listingId ?? []))].sort()
  if (order.isTest) {
    return ok({ ...NOTHING_TO_DO, digest, isStale: false, soldListingIds })
  }
  const isOpen = order.lines.some((line) => openUnits(line) > 0)
  // Cancelled as a whole before we saw it: nothing to create, but remember it, for the first version may still come.
  const createsOrder = !context.orderExists && isOpen
  const reservations = planReservations(context)
  if (!reservations.ok) {
    return reservations
  }
  const isAlive = context.orderExists && !context.isCanceledInMedusa
  const cancelOrder = isAlive && !context.hasFulfillment && !isOpen
  const editsOrder = isAlive && !cancelOrder && isEdited(context)
  const money = createsOrder || editsOrder ? moneyOf(context) : null
  const isSent = (line: ExternalOrderLine): boolean =>
    fulfilledPieces(context, line) > openUnits(line) * packSizeOf(context, line)
  const lines = money
    ? order.lines
        .filter((line) => openUnits(line) > 0 && !isSent(line))
        .map((line) => planLine(context, line, money.wanted))
    : []
  const { keepAside } = reservations.value
  return ok({
    isStale: false,
    createLines: createsOrder ? lines : null,
    edit: editsOrder
      ? {
          lines,
          untouched: order.lines.filter(isSent).map((line) => lineItemId(context.orderId, line.externalLineId)),
        }
      : null,
    cancelOrder,
    money,
    digest,
    ...(cancelOrder ? { ...NO_CHANGES, keepAside } : reservations.value),
    restocks: planRestocks(context),
    soldListingIds,
    returned: context.isHistoric && context.knownVersion === 0 ? [] : planReturned(context),
    issues: planIssues(context, { createsOrder, unreserved: reservations.value.unreserved, keepAside }),
  })
}
