import type {
  ExternalAddress,
  ExternalDiscount,
  ExternalFulfilment,
  ExternalOrder,
  ExternalOrderLine,
  ExternalRefund,
  ExternalShippingLine,
  ExternalTax,
} from "../../types/channel-order"
import { ANY_LOCATION, type ExternalLocationId } from "../../types/ids"
import { subtractDecimals } from "./map-decimal"
import { toListingId, toLocationId } from "./map"
import type {
  VendorAddress,
  VendorFulfilment,
  VendorFulfilmentOrder,
  VendorLine,
  VendorOrder,
  VendorRefund,
  VendorTaxLine,
} from "./schema"

const isZero = (amount: string): boolean => /^-?0*(\.0*)?$/.test(amount)

const toTaxes = (lines: readonly VendorTaxLine[]): ExternalTax[] =>
  lines.map(({ title, ratePercentage, priceSet }) => ({
    title,
    rate: ratePercentage === null ? null : String(ratePercentage),
    amount: priceSet.money.amount,
  }))

const toDiscounts = (line: VendorLine): ExternalDiscount[] =>
  line.discountAllocations
    .filter(({ allocatedAmountSet }) => !isZero(allocatedAmountSet.money.amount))
    .map(({ allocatedAmountSet, discountApplication }) => ({
      amount: allocatedAmountSet.money.amount,
      code: discountApplication.code ?? null,
      title: discountApplication.title ?? null,
    }))

/**
 * What a line sells. Services, vouchers and things that nobody keeps stock of sell nothing of ours. Goods whose variant was
 * deleted since get an id that no listing has, so that somebody is told instead of nothing being reserved in silence.
 */
function listingOf(line: VendorLine): ExternalOrderLine["externalListingId"] {
  if (line.variant) {
    return line.variant.inventoryItem.tracked ? toListingId(line.variant.inventoryItem.id) : null
  }
  return line.sku !== null && line.sku !== "" && line.requiresShipping && !line.isGiftCard ? toListingId(line.id) : null
}

interface Place {
  readonly id: string
  readonly units: number
}

/** Where most units of each line are taken from: Shopify may split a line over places, the hub keeps one. */
function placesOf(orders: readonly VendorFulfilmentOrder[]): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const { assignedLocation, lineItems } of orders) {
    for (const { lineItem, totalQuantity: units } of lineItems.nodes) {
      const id = assignedLocation.location?.id
      if (id !== undefined && units > (places.get(lineItem.id)?.units ?? -1)) {
        places.set(lineItem.id, { id, units })
      }
    }
  }
  return places
}

/** Units that nobody wants any more. Of an order that was cancelled without a refund nothing is wanted. */
const cancelledOf = (line: VendorLine, isCancelled: boolean): number =>
  isCancelled ? line.quantity : Math.min(line.quantity, Math.max(0, line.quantity - line.currentQuantity))

function toLine(line: VendorLine, isCancelled: boolean, location: ExternalLocationId): ExternalOrderLine {
  return {
    externalLineId: line.id,
    externalListingId: listingOf(line),
    externalLocationId: location,
    sku: line.sku,
    title: line.name,
    quantity: line.quantity,
    cancelledQuantity: cancelledOf(line, isCancelled),
    unitPrice: line.originalUnitPriceSet.money.amount,
    discounts: toDiscounts(line),
    taxes: toTaxes(line.taxLines),
    requiresShipping: line.requiresShipping,
  }
}

const toShippingLines = ({ id, shippingLines }: VendorOrder): ExternalShippingLine[] =>
  shippingLines.nodes.map((line, index) => {
    const discount = subtractDecimals(line.originalPriceSet.money.amount, line.discountedPriceSet.money.amount)
    return {
      externalLineId: line.id ?? `${id}/shipping/${index + 1}`,
      title: line.title,
      code: line.code,
      price: line.originalPriceSet.money.amount,
      discounts: isZero(discount) ? [] : [{ amount: discount, code: null, title: null }],
      taxes: toTaxes(line.taxLines),
    }
  })

const toAddress = (address: VendorAddress): ExternalAddress | null =>
  address && {
    firstName: address.firstName,
    lastName: address.lastName,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    province: address.provinceCode ?? address.province,
    postalCode: address.zip,
    countryCode: address.countryCodeV2,
    phone: address.phone,
  }

/** Older shops say `LEGACY_RESTOCK` and tell apart whether it happened. */
const isRestocked = (restockType: string, restocked: boolean): boolean =>
  restockType === "CANCEL" || restockType === "RETURN" || (restockType === "LEGACY_RESTOCK" && restocked)

const toRefund = (refund: VendorRefund, updatedAt: string): ExternalRefund => ({
  externalId: refund.id,
  createdAt: refund.createdAt ?? updatedAt,
  amount: refund.totalRefundedSet.money.amount,
  note: refund.note,
  lines: refund.refundLineItems.nodes
    .filter(({ quantity }) => quantity > 0)
    .map((line) => ({
      externalLineId: line.lineItem.id,
      quantity: line.quantity,
      restock: isRestocked(line.restockType, line.restocked),
      ...(line.restockType === "RETURN" ? { afterShipping: true } : {}),
      externalLocationId: line.location ? toLocationId(line.location.id) : null,
      amount: line.subtotalSet.money.amount,
      tax: line.totalTaxSet.money.amount,
    })),
})

const toFulfilment = (fulfilment: VendorFulfilment): ExternalFulfilment => ({
  externalId: fulfilment.id,
  createdAt: fulfilment.createdAt,
  isCancelled: ["CANCELLED", "ERROR", "FAILURE"].includes(fulfilment.status),
  externalLocationId: fulfilment.location ? toLocationId(fulfilment.location.id) : null,
  lines: fulfilment.fulfillmentLineItems.nodes.flatMap(({ lineItem, quantity }) =>
    quantity === null || quantity === 0 ? [] : [{ externalLineId: lineItem.id, quantity }]
  ),
  tracking: fulfilment.trackingInfo.flatMap(({ number, url, company }) =>
    number === null || number === "" ? [] : [{ number, url, carrier: company }]
  ),
})

/**
 * Grows with every change. Shopify tells the time of a change to the second only, so that two changes within one would look
 * like the same: what an order can only gain is counted in the last three digits.
 */
export function versionOf(order: VendorOrder): number {
  const gained =
    order.lineItems.nodes.reduce((sum, line) => sum + 2 * line.quantity - line.currentQuantity, 0) +
    order.refunds.length +
    order.fulfillments.length +
    (order.cancelledAt === null ? 0 : 1)
  return Math.floor(Date.parse(order.updatedAt) / 1_000) * 1_000 + Math.min(999, gained)
}

/** Where the order's page in Shopify's admin is. */
const pageOf = (order: VendorOrder, shopUrl: string): string =>
  `${shopUrl}/admin/orders/${encodeURIComponent(order.legacyResourceId)}`

/** An order of Shopify as the hub understands it. Pages of it have to be complete. */
export function toOrder(
  order: VendorOrder,
  shop: { readonly url: string; readonly buyersCurrency: boolean }
): ExternalOrder {
  const places = placesOf(order.fulfillmentOrders.nodes)
  const isCancelled = order.cancelledAt !== null
  const locationOf = (line: VendorLine): ExternalLocationId => {
    const id = places.get(line.id)?.id ?? order.retailLocation?.id
    return id === undefined ? ANY_LOCATION : toLocationId(id)
  }
  const isForeign = order.currencyCode !== order.presentmentCurrencyCode
  return {
    externalId: order.id,
    number: order.name,
    version: versionOf(order),
    placedAt: order.createdAt,
    currencyCode: shop.buyersCurrency ? order.presentmentCurrencyCode : order.currencyCode,
    email: order.email,
    phone: order.phone,
    url: pageOf(order, shop.url),
    lines: order.lineItems.nodes
      .filter(({ quantity }) => quantity > 0)
      .map((line) => toLine(line, isCancelled, locationOf(line))),
    customer: order.customer && {
      externalId: order.customer.id,
      email: order.customer.email,
      firstName: order.customer.firstName,
      lastName: order.customer.lastName,
      phone: order.customer.phone,
    },
    shippingAddress: toAddress(order.shippingAddress),
    billingAddress: toAddress(order.billingAddress),
    taxInclusive: order.taxesIncluded,
    shippingLines: toShippingLines(order),
    // What an edited order came to is not what its lines came to when it was placed: there is nothing to compare.
    ...(order.edited
      ? {}
      : {
          totals: {
            total: order.totalPriceSet.money.amount,
            ...(order.totalTaxSet ? { tax: order.totalTaxSet.money.amount } : {}),
            currentTotal: order.currentTotalPriceSet.money.amount,
          },
        }),
    presentment: isForeign
      ? { currencyCode: order.presentmentCurrencyCode, total: order.totalPriceSet.presentment.amount }
      : null,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason?.toLowerCase() ?? null,
    refunds: order.refunds.map((refund) => toRefund(refund, order.updatedAt)),
    fulfilments: order.fulfillments.map(toFulfilment),
    isTest: order.test,
    note: order.note,
    source: order.sourceName,
  }
}
