import { placeOrderSchema } from "../../../../fakes/shopify/order-book"
import type { ExternalOrder } from "../../../types/channel-order"
import { advance, changedSince, newOnes, parseOrdersCursor, writeOrdersCursor } from "../map-cursor"
import { pullOrderHistory, pullOrders } from "../pull-orders"
import { readOrders } from "../read-order"
import { fakeSession, type FakeSession } from "./fake-session"

let now = Date.parse("2026-11-21T10:00:00.000Z")

beforeEach(() => {
  now = Date.now()
})

const place = ({ fake }: FakeSession, sku: string, quantity = 1): string =>
  fake.orders.place(placeOrderSchema.parse({ lines: [{ sku, quantity }] }))?.order.id ?? ""

async function readOn(
  session: FakeSession["session"],
  from: string | null
): Promise<{ orders: ExternalOrder[]; cursor: string | null }> {
  const orders: ExternalOrder[] = []
  let cursor = from
  for (;;) {
    const page = await pullOrders(session, cursor)
    orders.push(...page.items)
    if (page.nextCursor === null) {
      return { orders, cursor }
    }
    cursor = page.nextCursor
  }
}

const idsOf = (orders: readonly ExternalOrder[]): string[] => orders.map(({ externalId }) => externalId)

describe("reading orders", () => {
  it("reads many that changed within one second, each once", async () => {
    const shop = fakeSession({ products: [{ sku: "a", quantity: 1_000 }] }, { now: () => now })
    const placed = Array.from({ length: 25 }, () => place(shop, "a"))
    const first = await readOn(shop.session, null)
    expect(idsOf(first.orders).sort()).toEqual([...placed].sort())
    expect((await readOn(shop.session, first.cursor)).orders).toEqual([])
  })

  it("reads an order again that changed within the second in which it was read, as a later version", async () => {
    const shop = fakeSession({}, { now: () => now })
    const id = place(shop, "SKU-0", 2)
    const first = await readOn(shop.session, null)
    const line = shop.fake.orders.get(id)?.lines[0]?.id ?? ""
    shop.fake.orders.refund(id, { lines: [{ line_id: line, quantity: 1 }], restock_type: "CANCEL" })
    const second = await readOn(shop.session, first.cursor)
    expect(idsOf(second.orders)).toEqual([id])
    expect(second.orders[0]?.version).toBeGreaterThan(first.orders[0]?.version ?? 0)
    expect(second.orders[0]?.lines[0]).toMatchObject({ quantity: 2, cancelledQuantity: 1 })
  })

  it("finds an order that Shopify's search hears of late", async () => {
    const shop = fakeSession({}, { now: () => now })
    shop.fake.change({ index_lag_ms: 20_000 })
    const early = place(shop, "SKU-0")
    now += 15_000
    shop.fake.change({ index_lag_ms: 0 })
    const late = place(shop, "SKU-1")
    shop.fake.change({ index_lag_ms: 14_000 })
    const first = await readOn(shop.session, null)
    expect(idsOf(first.orders)).toEqual([early])
    now += 15_000
    expect(idsOf((await readOn(shop.session, first.cursor)).orders)).toEqual([late])
  })

  it("looks a minute back, and a day back where it never looked before", () => {
    expect(changedSince(null, Date.parse("2026-11-21T10:00:00Z"))).toBe("updated_at:>='2026-11-20T10:00:00Z'")
    const until = Date.parse("2026-11-21T10:00:00Z")
    expect(changedSince({ until, seen: [] }, 0)).toBe("updated_at:>='2026-11-21T09:59:00Z'")
  })

  it("forgets what it will not be told again, and takes a cursor of nobody for the beginning", () => {
    const order = (id: string, updatedAt: string) => ({
      id,
      updatedAt,
      cancelledAt: null,
      edited: false,
      displayFinancialStatus: "PAID",
      displayFulfillmentStatus: "UNFULFILLED",
      subtotalLineItemsQuantity: 1,
      currentSubtotalLineItemsQuantity: 1,
    })
    const [old, recent] = [order("a", "2026-11-21T10:00:00Z"), order("b", "2026-11-21T10:05:00Z")]
    const cursor = advance(advance(null, [old]), [recent])
    expect(cursor.seen.map(([id]) => id)).toEqual(["b"])
    expect(parseOrdersCursor(writeOrdersCursor(cursor))).toEqual(cursor)
    expect(newOnes(cursor, [recent, { ...recent, displayFinancialStatus: "REFUNDED" }])).toHaveLength(1)
    expect([parseOrdersCursor(null), parseOrdersCursor("x"), parseOrdersCursor(`{"until":"x"}`)]).toEqual([
      null,
      null,
      null,
    ])
  })

  it("reads every line of a long order, and every line of its refund and parcel", async () => {
    const products = Array.from({ length: 60 }, (_, index) => ({ sku: `L${index}`, quantity: 5 }))
    const shop = fakeSession({ products, points: { capacity: 20_000, perSecond: 1_000 } })
    const lines = products.map(({ sku }) => ({ sku, quantity: 2 }))
    const placed = shop.fake.orders.place(placeOrderSchema.parse({ lines }))?.order
    const id = placed?.id ?? ""
    const all = (placed?.lines ?? []).map((line) => ({ line_id: line.id, quantity: 1 }))
    shop.fake.orders.refund(id, { lines: all, restock_type: "NO_RESTOCK" })
    shop.fake.orders.ship(id, {
      placeId: shop.fake.state.places[0]?.id ?? "",
      tracking: [],
      lines: all.map(({ line_id, quantity }) => ({ lineId: line_id, quantity })),
    })
    const [order] = await readOrders(shop.session, [id])
    expect(order?.lines).toHaveLength(60)
    expect(order?.lines.every(({ cancelledQuantity }) => cancelledQuantity === 1)).toBe(true)
    expect(order?.refunds?.[0]?.lines).toHaveLength(60)
    expect(order?.refunds?.[0]?.lines.every(({ restock }) => !restock)).toBe(true)
    expect(order?.fulfilments?.[0]?.lines).toHaveLength(60)
    expect(new Set(order?.lines.map(({ externalLocationId }) => externalLocationId))).toEqual(
      new Set([shop.fake.state.places[0]?.id])
    )
    expect(shop.fake.rules.report().examples).toEqual([])
  })

  it("leaves out what does not exist any more", async () => {
    const { session } = fakeSession()
    expect(await readOrders(session, ["gid://shopify/Order/1"])).toEqual([])
  })

  it("reads the past oldest first, page by page", async () => {
    const shop = fakeSession({ products: [{ sku: "a", quantity: 100 }] }, { now: () => now })
    const placed: string[] = []
    for (let count = 0; count < 12; count += 1) {
      now += 1_000
      placed.push(place(shop, "a"))
    }
    now += 1_000
    const before = new Date(now).toISOString()
    now += 1_000
    place(shop, "a")
    const first = await pullOrderHistory(shop.session, null, before)
    const second = await pullOrderHistory(shop.session, first.nextCursor, before)
    expect([...idsOf(first.items), ...idsOf(second.items)]).toEqual(placed)
    expect(second.nextCursor).toBeNull()
  })
})
