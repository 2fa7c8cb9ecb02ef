import type { Operation } from "./documents"

const LINES = `
  pageInfo { hasNextPage endCursor }
  nodes {
    id sku name quantity currentQuantity requiresShipping isGiftCard
    variant { inventoryItem { id tracked } }
    originalUnitPriceSet { MONEY }
    discountAllocations { allocatedAmountSet { MONEY } discountApplication { ...HubDiscount } }
    taxLines { title ratePercentage priceSet { MONEY } }
  }`

const REFUND_LINES = `
  pageInfo { hasNextPage endCursor }
  nodes { quantity restockType restocked location { id } lineItem { id } subtotalSet { MONEY } totalTaxSet { MONEY } }`

const REFUND = `
  id createdAt note
  totalRefundedSet { MONEY }
  refundLineItems(first: $parts) { ${REFUND_LINES} }`

/** Refunds that an order is read with. Shopify gives no pages of them: who has more is asked for again, apart. */
export const MOST_REFUNDS = 5

/** Lines that an order is read with: few orders have more. A fifth as many of each refund and parcel. */
export const LINES_AT_ONCE = 10

const SHIPPED_LINES = `
  pageInfo { hasNextPage endCursor }
  nodes { quantity lineItem { id } }`

const PARCEL = `
  id createdAt status
  location { id }
  trackingInfo(first: 3) { number url company }
  fulfillmentLineItems(first: $parts) { ${SHIPPED_LINES} }`

/** The same for parcels. */
export const MOST_PARCELS = 5

const WAITING_LINES = `
  pageInfo { hasNextPage endCursor }
  nodes { id totalQuantity remainingQuantity lineItem { id } }`

const ADDRESS = "firstName lastName company address1 address2 city province provinceCode zip countryCodeV2 phone"

const DISCOUNT = `
fragment HubDiscount on DiscountApplication {
  ... on DiscountCodeApplication { code }
  ... on ManualDiscountApplication { title }
  ... on AutomaticDiscountApplication { title }
  ... on ScriptDiscountApplication { title }
}`

const ORDER = `query HubOrder($id: ID!, $lines: Int!, $parts: Int!) {
  order(id: $id) {
    id legacyResourceId name test edited createdAt updatedAt cancelledAt cancelReason
    currencyCode presentmentCurrencyCode taxesIncluded email phone note sourceName
    totalPriceSet { MONEY presentment: presentmentMoney { amount } }
    currentTotalPriceSet { MONEY }
    totalTaxSet { MONEY }
    customer { id firstName lastName email phone }
    shippingAddress { ${ADDRESS} }
    billingAddress { ${ADDRESS} }
    retailLocation { id }
    lineItems(first: $lines) { ${LINES} }
    shippingLines(first: 5) {
      nodes {
        id title code
        originalPriceSet { MONEY }
        discountedPriceSet { MONEY }
        taxLines { title ratePercentage priceSet { MONEY } }
      }
    }
    refunds(first: ${MOST_REFUNDS}) { ${REFUND} }
    fulfillments(first: ${MOST_PARCELS}) { ${PARCEL} }
    fulfillmentOrders(first: 5) {
      nodes {
        id status
        assignedLocation { location { id } }
        lineItems(first: $lines) { ${WAITING_LINES} }
      }
    }
  }
}${DISCOUNT}`

const MORE_LINES = `query HubOrderLines($id: ID!, $first: Int!, $after: String) {
  order(id: $id) { page: lineItems(first: $first, after: $after) { ${LINES} } }
}${DISCOUNT}`

const ALL_REFUNDS = `query HubRefunds($id: ID!, $parts: Int!) { order(id: $id) { refunds(first: 75) { ${REFUND} } } }`

const ALL_PARCELS = `query HubParcels($id: ID!, $parts: Int!) { order(id: $id) { fulfillments(first: 75) { ${PARCEL} } } }`

const more = (
  type: string,
  connection: string,
  fields: string
): string => `query Hub${type}Lines($id: ID!, $first: Int!, $after: String) {
  node(id: $id) { ... on ${type} { page: ${connection}(first: $first, after: $after) { ${fields} } } }
}`

/** The money of the shop, or what the buyer saw. */
const withMoney = (document: string, inBuyersCurrency: boolean): string =>
  document.replaceAll("MONEY", `money: ${inBuyersCurrency ? "presentmentMoney" : "shopMoney"} { amount }`)

const SCOPES = ["read_orders", "read_merchant_managed_fulfillment_orders"]

/** One order with everything, and the rest of what does not fit on a first page. */
export interface OrderOperations {
  readonly order: Operation
  readonly lines: Operation
  readonly refunds: Operation
  readonly parcels: Operation
  readonly refundLines: Operation
  readonly shippedLines: Operation
  readonly waitingLines: Operation
}

function build(inBuyersCurrency: boolean): OrderOperations {
  const read = (name: string, [cost, size]: readonly [number, number], document: string): Operation => ({
    name,
    cost,
    size,
    scopes: SCOPES,
    document: withMoney(document, inBuyersCurrency),
  })
  return {
    order: read("read-order", [520, LINES_AT_ONCE], ORDER),
    lines: read("read-order-lines", [700, 50], MORE_LINES),
    refunds: read("read-refunds", [950, 1], ALL_REFUNDS),
    parcels: read("read-parcels", [800, 1], ALL_PARCELS),
    refundLines: read("read-refund-lines", [450, 50], more("Refund", "refundLineItems", REFUND_LINES)),
    shippedLines: read("read-fulfilment-lines", [150, 50], more("Fulfillment", "fulfillmentLineItems", SHIPPED_LINES)),
    waitingLines: read("read-fulfilment-order-lines", [150, 50], more("FulfillmentOrder", "lineItems", WAITING_LINES)),
  }
}

const IN_SHOP_CURRENCY = build(false)
const IN_BUYERS_CURRENCY = build(true)

export const orderOperations = (inBuyersCurrency: boolean): OrderOperations =>
  inBuyersCurrency ? IN_BUYERS_CURRENCY : IN_SHOP_CURRENCY
