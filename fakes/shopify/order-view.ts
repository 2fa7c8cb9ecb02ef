import { moneyBag, toCoins, type Currencies } from "./money"
import { shippedUnits, type FakeOrder, type OrderLine } from "./order-book"
import { connection, type PageArguments } from "./paging"
import { gid, legacyId, type ShopState } from "./shop-state"
import { variantView } from "./variant-view"

/** To the second, as Shopify tells it. */
export const dateTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

interface Sums {
  readonly goods: number
  readonly taxes: number
  readonly total: number
}

/** What an order comes to, in coins. `unitsOf` says how many units of a line count. */
function sumsOf(order: FakeOrder, currency: string, share: (line: OrderLine) => number): Sums {
  const coins = (amount: string): number => toCoins(amount, currency)
  let goods = 0
  let taxes = 0
  for (const line of order.lines) {
    const discounts = line.input.discounts.reduce((sum, { amount }) => sum + coins(amount), 0)
    goods += (coins(line.price) * line.quantity - discounts) * share(line)
    taxes += line.input.taxes.reduce((sum, { amount }) => sum + coins(amount), 0) * share(line)
  }
  for (const shipping of order.input.shipping) {
    goods += coins(shipping.discounted ?? shipping.price)
    taxes += shipping.taxes.reduce((sum, { amount }) => sum + coins(amount), 0)
  }
  return { goods, taxes, total: Math.round(goods + (order.input.taxes_included ? 0 : taxes)) }
}

const lineTaxes = (taxes: OrderLine["input"]["taxes"], currencies: Currencies) =>
  taxes.map(({ title, rate, amount }) => ({
    title,
    ratePercentage: rate,
    priceSet: moneyBag(toCoins(amount, currencies.shop), currencies),
  }))

function lineView(state: ShopState, line: OrderLine, currencies: Currencies) {
  return {
    __typename: "LineItem",
    id: line.id,
    sku: line.item?.sku ?? null,
    name: line.input.title ?? line.item?.title ?? "Something",
    quantity: line.quantity,
    currentQuantity: line.quantity - line.removed,
    requiresShipping: line.item !== null,
    isGiftCard: false,
    variant: line.item && variantView(state, line.item),
    originalUnitPriceSet: moneyBag(toCoins(line.price, currencies.shop), currencies),
    discountAllocations: line.input.discounts.map(({ amount, code }, index) => ({
      allocatedAmountSet: moneyBag(toCoins(amount, currencies.shop), currencies),
      discountApplication: {
        index,
        ...(code === null
          ? { __typename: "AutomaticDiscountApplication", title: "Offer" }
          : { __typename: "DiscountCodeApplication", code }),
      },
    })),
    taxLines: lineTaxes(line.input.taxes, currencies),
  }
}

function refundViews(state: ShopState, order: FakeOrder, currencies: Currencies) {
  const lines = new Map(order.lines.map((line) => [line.id, line]))
  return order.refunds.map((refund) => {
    const parts = refund.lines.flatMap((part) => {
      const line = lines.get(part.lineId)
      return line ? [{ part, line, share: part.quantity / line.quantity }] : []
    })
    const coins = (amount: string): number => toCoins(amount, currencies.shop)
    const subtotal = ({ line, share }: (typeof parts)[number]): number =>
      Math.round(
        (coins(line.price) * line.quantity - line.input.discounts.reduce((sum, { amount }) => sum + coins(amount), 0)) *
          share
      )
    const tax = ({ line, share }: (typeof parts)[number]): number =>
      Math.round(line.input.taxes.reduce((sum, { amount }) => sum + coins(amount), 0) * share)
    const total = parts.reduce((sum, part) => sum + subtotal(part) + (order.input.taxes_included ? 0 : tax(part)), 0)
    return {
      __typename: "Refund",
      id: refund.id,
      createdAt: dateTime(refund.createdAt),
      note: null,
      totalRefundedSet: moneyBag(total, currencies),
      refundLineItems: (args: PageArguments) =>
        connection(
          parts.map((each) => ({
            quantity: each.part.quantity,
            restockType: each.part.restockType,
            restocked: each.part.restockType !== "NO_RESTOCK",
            location: each.part.placeId === null ? null : state.placeOf(each.part.placeId),
            lineItem: lineView(state, each.line, currencies),
            subtotalSet: moneyBag(subtotal(each), currencies),
            totalTaxSet: moneyBag(tax(each), currencies),
          })),
          args
        ),
    }
  })
}

function parcelViews(state: ShopState, order: FakeOrder, currencies: Currencies) {
  const lines = new Map(order.lines.map((line) => [line.id, line]))
  return order.parcels.map((parcel) => ({
    __typename: "Fulfillment",
    id: parcel.id,
    createdAt: dateTime(parcel.createdAt),
    status: "SUCCESS",
    location: state.placeOf(parcel.placeId),
    trackingInfo: parcel.tracking,
    fulfillmentLineItems: (args: PageArguments) =>
      connection(
        parcel.lines.flatMap(({ lineId, quantity }, index) => {
          const line = lines.get(lineId)
          const id = `${parcel.id}-${index}`
          return line ? [{ id, quantity, lineItem: lineView(state, line, currencies) }] : []
        }),
        args
      ),
  }))
}

/** Id of the work that an order gives one location. */
export const fulfilmentOrderId = (order: FakeOrder, placeId: string): string =>
  gid("FulfillmentOrder", `${legacyId(order.id)}${legacyId(placeId).slice(-4)}`)

export const fulfilmentLineId = (lineId: string): string => gid("FulfillmentOrderLineItem", legacyId(lineId))

function waitingViews(state: ShopState, order: FakeOrder, currencies: Currencies) {
  const places = [...new Set(order.lines.map(({ placeId }) => placeId))]
  return places.map((placeId) => {
    const lines = order.lines
      .filter((line) => line.placeId === placeId)
      .map((line) => ({
        id: fulfilmentLineId(line.id),
        totalQuantity: line.quantity - line.removed,
        remainingQuantity: Math.max(0, line.quantity - line.removed - shippedUnits(order, line.id)),
        lineItem: lineView(state, line, currencies),
      }))
    return {
      __typename: "FulfillmentOrder",
      id: fulfilmentOrderId(order, placeId),
      status: lines.some(({ remainingQuantity }) => remainingQuantity > 0) ? "OPEN" : "CLOSED",
      assignedLocation: { name: state.placeOf(placeId)?.name ?? "", location: state.placeOf(placeId) },
      lineItems: (args: PageArguments) => connection(lines, args),
    }
  })
}

const address = (order: FakeOrder) => ({
  id: gid("MailingAddress", legacyId(order.id)),
  firstName: "Ada",
  lastName: "Buyer",
  company: null,
  address1: "1 Test Street",
  address2: null,
  city: "Berlin",
  province: null,
  provinceCode: null,
  zip: "10115",
  countryCodeV2: "DE",
  phone: null,
})

/** Everything of an order that can be asked for, with all that belongs to it. */
export function orderView(state: ShopState, order: FakeOrder, currency: string) {
  const currencies: Currencies = { shop: currency, presentment: order.input.presentment }
  const asOrdered = sumsOf(order, currency, () => 1)
  const now = sumsOf(order, currency, (line) => (line.quantity - line.removed) / line.quantity)
  const units = order.lines.reduce((sum, line) => sum + line.quantity, 0)
  const open = order.lines.reduce((sum, line) => sum + line.quantity - line.removed, 0)
  const sent = order.lines.reduce((sum, line) => sum + shippedUnits(order, line.id), 0)
  const refunds = refundViews(state, order, currencies)
  const parcels = parcelViews(state, order, currencies)
  const waiting = waitingViews(state, order, currencies)
  return {
    __typename: "Order",
    id: order.id,
    legacyResourceId: legacyId(order.id),
    name: order.name,
    test: order.input.test,
    edited: false,
    createdAt: dateTime(order.createdAt),
    updatedAt: dateTime(order.updatedAt),
    cancelledAt: order.cancelledAt === null ? null : dateTime(order.cancelledAt),
    cancelReason: order.cancelledAt === null ? null : "CUSTOMER",
    currencyCode: currency,
    presentmentCurrencyCode: order.input.presentment?.currency ?? currency,
    taxesIncluded: order.input.taxes_included,
    email: order.input.email,
    phone: null,
    note: null,
    sourceName: "web",
    displayFinancialStatus: order.refunds.length === 0 ? "PAID" : open === 0 ? "REFUNDED" : "PARTIALLY_REFUNDED",
    displayFulfillmentStatus: sent === 0 ? "UNFULFILLED" : sent < open ? "PARTIALLY_FULFILLED" : "FULFILLED",
    subtotalLineItemsQuantity: units,
    currentSubtotalLineItemsQuantity: open,
    totalPriceSet: moneyBag(asOrdered.total, currencies),
    currentTotalPriceSet: moneyBag(now.total, currencies),
    totalTaxSet: moneyBag(Math.round(asOrdered.taxes), currencies),
    customer: {
      id: gid("Customer", legacyId(order.id)),
      firstName: "Ada",
      lastName: "Buyer",
      email: order.input.email,
      phone: null,
    },
    shippingAddress: address(order),
    billingAddress: address(order),
    retailLocation: null,
    lineItems: (args: PageArguments) =>
      connection(
        order.lines.map((line) => lineView(state, line, currencies)),
        args
      ),
    shippingLines: (args: PageArguments) =>
      connection(
        order.input.shipping.map((shipping, index) => ({
          id: gid("ShippingLine", `${legacyId(order.id)}${index}`),
          title: shipping.title,
          code: shipping.title,
          originalPriceSet: moneyBag(toCoins(shipping.price, currency), currencies),
          discountedPriceSet: moneyBag(toCoins(shipping.discounted ?? shipping.price, currency), currencies),
          taxLines: lineTaxes(shipping.taxes, currencies),
        })),
        args
      ),
    refunds: ({ first }: { first?: number }) => refunds.slice(0, first ?? refunds.length),
    fulfillments: ({ first }: { first?: number }) => parcels.slice(0, first ?? parcels.length),
    fulfillmentOrders: (args: PageArguments) => connection(waiting, args),
  }
}
