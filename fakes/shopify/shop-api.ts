import { z } from "@medusajs/framework/zod"
import type { FakeAnswer, FakeRequest, FakeShopify } from "./fake-shopify"
import { placeOrderSchema, type FakeOrder } from "./order-book"

/* The shoppers' and the operator's side of the fake: the same words as the simulator's, so that the demo can use either. */

const refundSchema = z.object({
  lines: z.array(z.object({ line_id: z.string(), quantity: z.number().int().positive() })).optional(),
  restock_type: z.enum(["CANCEL", "RETURN", "NO_RESTOCK"]).default("CANCEL"),
})

const tamperSchema = z.object({ listing_id: z.string(), location_id: z.string(), quantity: z.number().int() })

const toOrder = (order: FakeOrder) => ({
  id: order.id,
  number: order.name,
  lines: order.lines.map((line) => ({
    id: line.id,
    listing_id: line.item?.tracked ? line.item.id : null,
    sku: line.item?.sku ?? null,
    quantity: line.quantity,
    cancelled_quantity: line.removed,
  })),
})

const notFound = (what: string): FakeAnswer => ({ status: 404, body: { error: `There is no ${what}.` } })

function placeOrder(fake: FakeShopify, body: unknown): FakeAnswer {
  const placed = fake.orders.place(placeOrderSchema.parse(body))
  if (!placed) {
    return { status: 409, body: { error: "Nothing of it is in stock.", sold: [] } }
  }
  fake.stats.orders += 1
  return { status: 201, body: { order: toOrder(placed.order), sold: placed.sold } }
}

function refund(fake: FakeShopify, id: string, body: unknown): FakeAnswer {
  const { lines, restock_type } = refundSchema.parse(body ?? {})
  const order = lines ? fake.orders.refund(id, { lines, restock_type }) : fake.orders.cancel(id)
  return order ? { status: 200, body: { order: toOrder(order) } } : notFound("such order")
}

const stateOf = (fake: FakeShopify): FakeAnswer => ({
  status: 200,
  body: {
    name: fake.settings.name,
    has_locations: true,
    locations: fake.state.places,
    listings: [...fake.state.items.values()].map(({ id, sku, title }) => ({ id, sku, title })),
    stock: fake.state.stock(),
    orders: fake.orders.all().map(toOrder),
  },
})

const statsOf = (fake: FakeShopify): FakeAnswer => ({
  status: 200,
  body: {
    ...fake.stats,
    ...fake.rules.report(),
    webhooks_waiting: fake.webhooks.waiting,
    webhooks_sent: fake.webhooks.sent,
    webhooks_failed: fake.webhooks.failed,
    validation_errors: fake.rules.broken + fake.stats.invalid,
  },
})

function route(fake: FakeShopify, name: string, body: unknown): FakeAnswer {
  switch (name) {
    case "GET /control/state":
      return stateOf(fake)
    case "GET /control/stats":
      return statsOf(fake)
    case "POST /control/settings":
      return { status: 200, body: fake.change(body) }
    case "POST /control/uninstall":
      fake.uninstall()
      return { status: 200, body: {} }
    case "POST /control/revoke":
      fake.access.revoke()
      return { status: 200, body: {} }
    case "POST /shop/orders":
      return placeOrder(fake, body)
    case "POST /shop/tamper": {
      const { listing_id, location_id, quantity } = tamperSchema.parse(body)
      return fake.state.show(listing_id, location_id, quantity) ? { status: 200, body: {} } : notFound("such place")
    }
    default:
      return notFound(name)
  }
}

/** Answers what is neither Shopify's API nor its login; null for what is. No token is asked for. */
export function answerShop(fake: FakeShopify, request: FakeRequest): FakeAnswer | null {
  const { pathname, searchParams } = new URL(request.path, "http://fake.invalid")
  if (pathname === "/admin/oauth/authorize") {
    const location = fake.access.wayBack(searchParams, request.headers.host ?? "")
    return { status: 302, body: "", headers: { location } }
  }
  if (!/^\/(shop|control)\//.test(pathname)) {
    return null
  }
  try {
    const body: unknown = request.body === "" ? undefined : JSON.parse(request.body)
    const [, orderId] = /^\/shop\/orders\/(.+)\/cancel$/.exec(pathname) ?? []
    return orderId !== undefined && request.method === "POST"
      ? refund(fake, decodeURIComponent(orderId), body)
      : route(fake, `${request.method} ${pathname}`, body)
  } catch (error) {
    return { status: 422, body: { error: error instanceof Error ? error.message : "?" } }
  }
}
