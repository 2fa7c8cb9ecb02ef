import { z } from "@medusajs/framework/zod"

/* What Shopify says, as far as we ask. Ids are texts: many are larger than what a number can hold. */

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })

const page = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node).readonly(), pageInfo })

const gid = z.string().startsWith("gid://")
const units = z.number().int().nonnegative()
const dateTime = z.iso.datetime({ offset: true })
const ref = z.object({ id: gid })

/** The frame of every GraphQL answer. */
export const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).loose().optional() }))
    .optional(),
})

/** What an answer says about points. Its own shape, because it may be wrong without harm. */
export const costSchema = z.object({
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: z.number(),
      actualQueryCost: z.number().nullish(),
      throttleStatus: z.object({
        maximumAvailable: z.number(),
        currentlyAvailable: z.number(),
        restoreRate: z.number(),
      }),
    }),
  }),
})

export const checkSchema = z.object({
  shop: z.object({ id: gid, name: z.string(), myshopifyDomain: z.string() }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
})

export const locationsSchema = z.object({
  locations: page(z.object({ id: gid, name: z.string(), isActive: z.boolean() })),
})

const variant = z.object({
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  displayName: z.string(),
  requiresComponents: z.boolean(),
  inventoryItem: z.object({ id: gid, tracked: z.boolean() }),
})

export const listingsSchema = z.object({ productVariants: page(variant) })

const level = z.object({ quantities: z.array(z.object({ name: z.string(), quantity: z.number().int() })) })

const levels = z.array(z.object({ id: gid.optional(), inventoryLevel: level.nullish() }).nullable())

/** By the name under which a location was asked about. */
export const levelsSchema = z.record(z.string().startsWith("at"), levels)

const userError = z.object({
  field: z.array(z.string()).nullable(),
  message: z.string(),
  code: z.string().nullish(),
})

export const setQuantitiesSchema = z.object({
  inventorySetQuantities: z.object({ inventoryAdjustmentGroup: ref.nullable(), userErrors: z.array(userError) }),
})

export const activateSchema = z.object({
  inventoryActivate: z.object({ inventoryLevel: ref.nullable(), userErrors: z.array(userError) }),
})

const changedOrder = z.object({
  id: gid,
  updatedAt: dateTime,
  cancelledAt: dateTime.nullable(),
  edited: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  subtotalLineItemsQuantity: units,
  currentSubtotalLineItemsQuantity: units,
})

export const changedOrdersSchema = z.object({ orders: page(changedOrder) })
export const placedOrdersSchema = z.object({ orders: page(z.object({ id: gid })) })

export const subscriptionsSchema = z.object({
  webhookSubscriptions: page(z.object({ id: gid, topic: z.string(), uri: z.string() })),
})

export const subscribeSchema = z.object({
  webhookSubscriptionCreate: z.object({ webhookSubscription: ref.nullable(), userErrors: z.array(userError) }),
})

export const fulfilSchema = z.object({
  fulfillmentCreate: z.object({ fulfillment: ref.nullable(), userErrors: z.array(userError) }),
})

const amount = z.string().regex(/^-?\d+(\.\d+)?$/)
const money = z.object({ money: z.object({ amount }) })

const taxLine = z.object({ title: z.string(), ratePercentage: z.number().nullable(), priceSet: money })

const discountAllocation = z.object({
  allocatedAmountSet: money,
  discountApplication: z.object({ code: z.string().optional(), title: z.string().optional() }),
})

const lineItem = z.object({
  id: gid,
  sku: z.string().nullable(),
  name: z.string(),
  quantity: units,
  currentQuantity: units,
  requiresShipping: z.boolean(),
  isGiftCard: z.boolean(),
  variant: z.object({ inventoryItem: z.object({ id: gid, tracked: z.boolean() }) }).nullable(),
  originalUnitPriceSet: money,
  discountAllocations: z.array(discountAllocation),
  taxLines: z.array(taxLine),
})

const refundLine = z.object({
  quantity: units,
  restockType: z.string(),
  restocked: z.boolean(),
  location: ref.nullable(),
  lineItem: ref,
  subtotalSet: money,
  totalTaxSet: money,
})

const shippedLine = z.object({ quantity: units.nullable(), lineItem: ref })

const waitingLine = z.object({ id: gid, totalQuantity: units, remainingQuantity: units, lineItem: ref })

const address = z
  .object({
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    company: z.string().nullable(),
    address1: z.string().nullable(),
    address2: z.string().nullable(),
    city: z.string().nullable(),
    province: z.string().nullable(),
    provinceCode: z.string().nullable(),
    zip: z.string().nullable(),
    countryCodeV2: z.string().nullable(),
    phone: z.string().nullable(),
  })
  .nullable()

const refund = z.object({
  id: gid,
  createdAt: dateTime.nullable(),
  note: z.string().nullable(),
  totalRefundedSet: money,
  refundLineItems: page(refundLine),
})

const fulfilment = z.object({
  id: gid,
  createdAt: dateTime,
  status: z.string(),
  location: ref.nullable(),
  trackingInfo: z.array(
    z.object({ number: z.string().nullable(), url: z.string().nullable(), company: z.string().nullable() })
  ),
  fulfillmentLineItems: page(shippedLine),
})

const fulfilmentOrder = z.object({
  id: gid,
  status: z.string(),
  assignedLocation: z.object({ location: ref.nullable() }),
  lineItems: page(waitingLine),
})

const order = z.object({
  id: gid,
  legacyResourceId: z.string(),
  name: z.string(),
  test: z.boolean(),
  edited: z.boolean(),
  createdAt: dateTime,
  updatedAt: dateTime,
  cancelledAt: dateTime.nullable(),
  cancelReason: z.string().nullable(),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  taxesIncluded: z.boolean(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  note: z.string().nullable(),
  sourceName: z.string().nullable(),
  totalPriceSet: money.extend({ presentment: z.object({ amount }) }),
  currentTotalPriceSet: money,
  totalTaxSet: money.nullable(),
  customer: z
    .object({
      id: gid,
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
    })
    .nullable(),
  shippingAddress: address,
  billingAddress: address,
  retailLocation: ref.nullable(),
  lineItems: page(lineItem),
  shippingLines: z.object({
    nodes: z.array(
      z.object({
        id: z.string().nullable(),
        title: z.string(),
        code: z.string().nullable(),
        originalPriceSet: money,
        discountedPriceSet: money,
        taxLines: z.array(taxLine),
      })
    ),
  }),
  refunds: z.array(refund),
  fulfillments: z.array(fulfilment),
  fulfillmentOrders: z.object({ nodes: z.array(fulfilmentOrder) }),
})

export const orderSchema = z.object({ order: order.nullable() })

export const refundsSchema = z.object({ order: z.object({ refunds: z.array(refund) }).nullable() })

export const parcelsSchema = z.object({ order: z.object({ fulfillments: z.array(fulfilment) }).nullable() })

/** More of an order's lines, or of a part of an order: both are asked for under the name `page`. */
export const moreLinesSchema = z.object({ order: z.object({ page: page(lineItem) }).nullable() })
export const moreRefundLinesSchema = z.object({ node: z.object({ page: page(refundLine) }).nullable() })
export const moreShippedLinesSchema = z.object({ node: z.object({ page: page(shippedLine) }).nullable() })
export const moreWaitingLinesSchema = z.object({ node: z.object({ page: page(waitingLine) }).nullable() })

/** The bodies of messages, which have the shape of Shopify's older API. Only what says which thing it is about. */
const numericId = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative()]).transform(String)
export const stockMessageSchema = z.object({
  inventory_item_id: numericId,
  location_id: numericId,
  // A level that was just connected or taken away has none.
  available: z.number().int().nullish(),
})
export const orderMessageSchema = z.object({ admin_graphql_api_id: z.string().startsWith("gid://shopify/Order/") })
export const refundMessageSchema = z.object({ order_id: numericId })
export const editMessageSchema = z.object({ order_edit: z.object({ order_id: numericId }) })

export const tokenSchema = z.object({
  access_token: z.string().min(1),
  scope: z.string().optional(),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().positive().optional(),
})

export type VendorPage<T> = { readonly nodes: readonly T[]; readonly pageInfo: z.infer<typeof pageInfo> }
export type VendorLocation = z.infer<typeof locationsSchema>["locations"]["nodes"][number]
export type VendorVariant = z.infer<typeof variant>
export type VendorUserError = z.infer<typeof userError>
export type VendorLevel = z.infer<typeof levels>[number]
export type VendorChangedOrders = z.infer<typeof changedOrdersSchema>
export type VendorChangedOrder = z.infer<typeof changedOrder>
export type VendorLine = z.infer<typeof lineItem>
export type VendorOrder = z.infer<typeof order>
export type VendorRefund = z.infer<typeof refund>
export type VendorFulfilment = z.infer<typeof fulfilment>
export type VendorFulfilmentOrder = z.infer<typeof fulfilmentOrder>
export type VendorTaxLine = z.infer<typeof taxLine>
export type VendorAddress = z.infer<typeof address>
