import { getDirectiveValues, isEnumType, type GraphQLResolveInfo, type GraphQLSchema } from "graphql"
import { activate, setQuantities, type IdempotencyKeys, type SetQuantitiesInput, type UserError } from "./inventory"
import { shippedUnits, type FakeOrder, type OrderBook } from "./order-book"
import { fulfilmentLineId, fulfilmentOrderId, orderView } from "./order-view"
import { connection, pageByKey, type PageArguments } from "./paging"
import type { Behaviour, FakeShopifySettings } from "./settings"
import { gid, type ShopState } from "./shop-state"
import { itemView, variantView } from "./variant-view"

export interface Shop {
  readonly settings: FakeShopifySettings
  readonly state: ShopState
  readonly orders: OrderBook
  readonly keys: IdempotencyKeys
  readonly behaviour: () => Behaviour
  readonly now: () => number
  /** As it calls itself in headers. */
  readonly domain: string
}

interface OrdersArguments extends PageArguments {
  readonly query?: string | null
  readonly sortKey?: string
}

const COMPARE: Readonly<Record<string, (value: number, than: number) => boolean>> = {
  ">=": (value, than) => value >= than,
  "<=": (value, than) => value <= than,
  ">": (value, than) => value > than,
  "<": (value, than) => value < than,
}

/** `updated_at:>='2026-11-21T10:00:00Z'`: what of Shopify's search language we use. Anything else finds nothing. */
function searchOf(query: string | null | undefined): (order: FakeOrder) => boolean {
  if (!query) {
    return () => true
  }
  const [, field, operator = "", moment = ""] = /^(updated_at|created_at):(>=|<=|>|<)'([^']+)'$/.exec(query) ?? []
  const compare = COMPARE[operator]
  const than = Date.parse(moment)
  if (!field || !compare || Number.isNaN(than)) {
    return () => false
  }
  // To the second, as Shopify keeps it.
  return (order) =>
    compare(Math.floor((field === "updated_at" ? order.updatedAt : order.createdAt) / 1_000) * 1_000, than)
}

function ordersPage(shop: Shop, { query, sortKey, ...page }: OrdersArguments) {
  const { index_lag_ms: lag } = shop.behaviour()
  const matches = searchOf(query)
  const timeOf = (order: FakeOrder): number =>
    Math.floor((sortKey === "UPDATED_AT" ? order.updatedAt : order.createdAt) / 1_000)
  const found = shop.orders
    .all()
    .filter((order) => matches(order) && order.updatedAt + lag <= shop.now())
    .map((order) => ({ key: `${timeOf(order)} ${order.id.padStart(60, "0")}`, order }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, order }) => ({ key, node: orderView(shop.state, order, shop.settings.currency) }))
  return pageByKey(found, page)
}

function nodeOf(shop: Shop, id: string): unknown {
  const item = shop.state.items.get(id)
  if (item) {
    return itemView(shop.state, item)
  }
  const order = shop.orders.get(id)
  if (order) {
    return orderView(shop.state, order, shop.settings.currency)
  }
  for (const each of shop.orders.all()) {
    const view = orderView(shop.state, each, shop.settings.currency)
    const part = [...view.refunds({}), ...view.fulfillments({}), ...view.fulfillmentOrders({}).nodes].find(
      (candidate) => candidate.id === id
    )
    if (part) {
      return part
    }
  }
  return null
}

/** The key of a mutation, or null without one. */
function keyOf(info: GraphQLResolveInfo): string | null {
  const directive = info.schema.getDirective("idempotent")
  const [field] = info.fieldNodes
  const values = directive && field && getDirectiveValues(directive, field, info.variableValues)
  return typeof values?.key === "string" ? values.key : null
}

const NO_KEY = "The @idempotent directive is required for this mutation but was not provided."

function once(
  shop: Shop,
  info: GraphQLResolveInfo,
  parts: { content: string; refuse: (error: UserError) => unknown; run: () => unknown }
) {
  const key = keyOf(info)
  if (key === null) {
    throw new Error(NO_KEY)
  }
  return shop.keys.once(
    { key, content: parts.content },
    { run: parts.run, refuse: (code, message) => parts.refuse({ field: null, message, code }) }
  )
}

interface ParcelInput {
  readonly lineItemsByFulfillmentOrder: readonly {
    readonly fulfillmentOrderId: string
    readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[]
  }[]
  readonly trackingInfo?: {
    readonly company?: string
    readonly numbers?: readonly string[]
    readonly urls?: readonly string[]
  }
}

function createParcel(shop: Shop, input: ParcelInput): { fulfillment: unknown; userErrors: UserError[] } {
  const refuse = (message: string) => ({ fulfillment: null, userErrors: [{ field: ["fulfillment"], message }] })
  const wanted = input.lineItemsByFulfillmentOrder
  for (const order of shop.orders.all()) {
    for (const placeId of new Set(order.lines.map((line) => line.placeId))) {
      const part = wanted.find(({ fulfillmentOrderId: id }) => id === fulfilmentOrderId(order, placeId))
      if (!part) {
        continue
      }
      if (wanted.length > 1) {
        return refuse("Fulfillment orders must be at the same location.")
      }
      const lines = (part.fulfillmentOrderLineItems ?? []).flatMap(({ id, quantity }) => {
        const line = order.lines.find((candidate) => fulfilmentLineId(candidate.id) === id)
        return line ? [{ line, quantity }] : []
      })
      if (lines.some(({ line, quantity }) => quantity > line.quantity - line.removed - shippedUnits(order, line.id))) {
        return refuse("Invalid fulfillment order line item quantity requested.")
      }
      const { company = null, numbers = [], urls = [] } = input.trackingInfo ?? {}
      const parcel = shop.orders.ship(order.id, {
        placeId,
        lines: lines.map(({ line, quantity }) => ({ lineId: line.id, quantity })),
        tracking: numbers.map((number, index) => ({ number, url: urls[index] ?? null, company })),
      })
      return { fulfillment: parcel && { id: parcel.id }, userErrors: [] }
    }
  }
  return refuse("The fulfillment order does not exist.")
}

function subscribe(
  shop: Shop,
  { topic, webhookSubscription }: { topic: string; webhookSubscription: { uri?: string } }
) {
  const uri = webhookSubscription.uri ?? ""
  const refuse = (message: string) => ({
    webhookSubscription: null,
    userErrors: [{ field: ["webhookSubscription", "callbackUrl"], message }],
  })
  if (!/^https:\/\/|^http:\/\/127\.0\.0\.1|^http:\/\/localhost/.test(uri)) {
    return refuse("Address protocol http:// is not supported")
  }
  if (shop.state.subscriptions.some((known) => known.topic === topic && known.uri === uri)) {
    return refuse("Address for this topic has already been taken")
  }
  const created = { id: gid("WebhookSubscription", shop.state.nextId()), topic, uri }
  shop.state.subscriptions.push(created)
  return { webhookSubscription: created, userErrors: [] }
}

/** Versions from 2026-10 on have no name for it: what is not stocked at a location is stocked there by the first write. */
function knowsUnstocked(schema: GraphQLSchema): boolean {
  const codes = schema.getType("InventorySetQuantitiesUserErrorCode")
  return !isEnumType(codes) || codes.getValue("ITEM_NOT_STOCKED_AT_LOCATION") !== undefined
}

/** The roots of the schema. What they give is walked through by graphql-js. */
export function resolversOf(shop: Shop): Record<string, unknown> {
  const { state, settings } = shop
  return {
    shop: () => ({
      id: gid("Shop", "1"),
      name: settings.name,
      myshopifyDomain: shop.domain,
      currencyCode: settings.currency,
    }),
    currentAppInstallation: () => ({ accessScopes: settings.scopes.map((handle) => ({ handle })) }),
    locations: ({ includeLegacy, includeInactive, ...page }: PageArguments & Record<string, unknown>) =>
      connection(
        state.places.filter(
          ({ isLegacy, isActive }) => (includeLegacy === true || !isLegacy) && (includeInactive === true || isActive)
        ),
        page
      ),
    productVariants: (page: PageArguments) =>
      connection(
        [...state.items.values()].map((item) => variantView(state, item)),
        page
      ),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeOf(shop, id)),
    node: ({ id }: { id: string }) => nodeOf(shop, id),
    order: ({ id }: { id: string }) => {
      const order = shop.orders.get(id)
      return order && orderView(state, order, settings.currency)
    },
    orders: (page: OrdersArguments) => ordersPage(shop, page),
    webhookSubscriptions: (page: PageArguments) => connection(state.subscriptions, page),
    inventorySetQuantities: ({ input }: { input: SetQuantitiesInput }, _: unknown, info: GraphQLResolveInfo) =>
      once(shop, info, {
        content: JSON.stringify(input),
        refuse: (error) => ({ inventoryAdjustmentGroup: null, userErrors: [error] }),
        run: () => {
          const userErrors = setQuantities(
            state,
            input,
            shop.behaviour().names_unstocked && knowsUnstocked(info.schema)
          )
          const group = userErrors.length === 0 ? { id: gid("InventoryAdjustmentGroup", state.nextId()) } : null
          return { inventoryAdjustmentGroup: group, userErrors }
        },
      }),
    inventoryActivate: (input: Parameters<typeof activate>[1], _: unknown, info: GraphQLResolveInfo) =>
      once(shop, info, {
        content: JSON.stringify(input),
        refuse: (error) => ({ inventoryLevel: null, userErrors: [error] }),
        run: () => {
          const userErrors = activate(state, input)
          return { inventoryLevel: userErrors.length === 0 ? { id: gid("InventoryLevel", "1") } : null, userErrors }
        },
      }),
    webhookSubscriptionCreate: (input: Parameters<typeof subscribe>[1]) => subscribe(shop, input),
    fulfillmentCreate: ({ fulfillment }: { fulfillment: ParcelInput }) => createParcel(shop, fulfillment),
  }
}
