import { keyOf, listing, openClient, stopSimulators, testSimulator, until, writeOf } from "./simulator-calls"

afterEach(stopSimulators)

const buy = (quantity: number, sku = "SKU-A"): object => ({ lines: [{ sku, quantity }] })
const setBody = (key: string, ...items: object[]): object => ({ idempotency_key: key, items })
const item = (quantity: number, more = {}): object => ({ listing_id: "A", location_id: "main", quantity, ...more })
const TWO_PLACES = [
  { id: "main", name: "Main" },
  { id: "shop", name: "Shop" },
]

describe("selling", () => {
  it("never sells more than it shows, with 50 shoppers at 10 units", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 10)] })
    const replies = await Promise.all(Array.from({ length: 50 }, () => simulator.call("POST /shop/orders", buy(1))))
    const refused = replies.filter(({ status }) => status === 409)
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(refused).toHaveLength(40)
    expect(refused[0]?.body).toMatchObject({ sold: [] })
    expect(await simulator.shown("A")).toBe(0)
    expect(await simulator.stats()).toMatchObject({ units_sold: 10, orders: 10 })
  })

  it("cuts a line down to what is shown, from the fullest location first", async () => {
    const simulator = await testSimulator({ locations: TWO_PLACES, listings: [listing("A", 0)] })
    await simulator.call("POST /shop/tamper", { listing_id: "A", location_id: "main", quantity: 2 })
    await simulator.call("POST /shop/tamper", { listing_id: "A", location_id: "shop", quantity: 3 })
    const { body } = await simulator.call("POST /shop/orders", buy(9))
    expect(body).toMatchObject({
      sold: [{ sku: "SKU-A", requested: 9, sold: 5 }],
      order: {
        lines: [
          { location_id: "shop", quantity: 3 },
          { location_id: "main", quantity: 2 },
        ],
      },
    })
  })

  it("drops a line that is sold out and keeps the rest", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 0), listing("B", 4)] })
    const lines = [
      { sku: "SKU-A", quantity: 1 },
      { sku: "SKU-B", quantity: 2 },
    ]
    const { body } = await simulator.call("POST /shop/orders", { lines })
    expect(body).toMatchObject({
      sold: [{ sold: 0 }, { sold: 2 }],
      order: { lines: [{ listing_id: "B", quantity: 2 }] },
    })
  })

  it("sells postage without stock, but not alone after the goods are gone", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 1)] })
    const lines = [
      { sku: "SKU-A", quantity: 1 },
      { sku: "POST", quantity: 1, service: true },
    ]
    const first = await simulator.call("POST /shop/orders", { lines })
    expect(first.body).toMatchObject({ order: { lines: [{ listing_id: "A" }, { listing_id: null, sku: "POST" }] } })
    expect((await simulator.call("POST /shop/orders", { lines })).status).toBe(409)
  })

  it("does not know a SKU that is no service", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 5)] })
    expect(await simulator.call("POST /shop/orders", buy(1, "POST"))).toMatchObject({ status: 422 })
    expect(await simulator.shown("A")).toBe(5)
  })
})

describe("goods that come back", () => {
  it("appear as an order that is cancelled as a whole, and the shelf stays as it is", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 5)] })
    const lines = [{ sku: "SKU-A", quantity: 2 }]
    expect((await simulator.call("POST /shop/returns", { number: "R-1", lines })).status).toBe(201)
    const { items } = await simulator.client.pullOrders(null)
    expect(items).toMatchObject([{ number: "R-1", version: 1, lines: [{ quantity: 2, cancelledQuantity: 2 }] }])
    expect(items[0]?.externalId).toMatch(/^order-[0-9a-f]{8}-1$/)
    expect(await simulator.shown("A")).toBe(5)
  })
})

describe("cancelling", () => {
  it.each([
    [false, 0],
    [true, 2],
  ])("with restock_on_cancel %s shows %d afterwards", async (restock_on_cancel, expected) => {
    const simulator = await testSimulator({ restock_on_cancel, listings: [listing("A", 3)] })
    const { body } = await simulator.call("POST /shop/orders", buy(3))
    const [order] = (await simulator.client.pullOrders(null)).items
    const path = `POST /shop/orders/${order?.externalId}/cancel`
    expect(body).toMatchObject({ order: { id: order?.externalId } })
    await simulator.call(path, { lines: [{ line_id: order?.lines[0]?.externalLineId, quantity: 2 }] })
    const [changed] = (await simulator.client.pullOrders("1")).items
    expect(changed).toMatchObject({ version: 2, lines: [{ quantity: 3, cancelledQuantity: 2 }] })
    expect(await simulator.shown("A")).toBe(expected)
  })

  it("moves an order to the end of the changes: a reader of all pages sees it once, as it is now", async () => {
    const simulator = await testSimulator({ page_size: 1, listings: [listing("A", 9)] })
    for (const number of ["first", "second"]) {
      await simulator.call("POST /shop/orders", { ...buy(1), number })
    }
    const first = await simulator.client.pullOrders(null)
    await simulator.call(`POST /shop/orders/${first.items[0]?.externalId}/cancel`)
    const numbers: string[] = []
    for (let page = await simulator.client.pullOrders(null); page.nextCursor !== null;) {
      numbers.push(...page.items.map((order) => `${order.number} ${order.lines[0]?.cancelledQuantity}`))
      page = await simulator.client.pullOrders(page.nextCursor)
    }
    expect(numbers).toEqual(["second 0", "first 1"])
  })

  it("refuses more than is open and changes nothing when all is cancelled already", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 3)] })
    await simulator.call("POST /shop/orders", buy(3))
    const [order] = (await simulator.client.pullOrders(null)).items
    const path = `POST /shop/orders/${order?.externalId}/cancel`
    const lines = [{ line_id: order?.lines[0]?.externalLineId, quantity: 4 }]
    expect((await simulator.call(path, { lines })).status).toBe(422)
    expect((await simulator.call(path)).body).toMatchObject({ order: { sequence: 2 } })
    expect((await simulator.call(path)).body).toMatchObject({ order: { sequence: 2 } })
    expect((await simulator.call("POST /shop/orders/none/cancel")).status).toBe(404)
  })
})

describe("writes of the hub", () => {
  it("applies a key once, answers a repetition the same and refuses other items under it", async () => {
    const simulator = await testSimulator({ listings: [listing("A")] })
    const first = await simulator.hub("POST /v1/inventory/set", setBody("key-00001", item(5)))
    await simulator.call("POST /shop/orders", buy(1))
    const second = await simulator.hub("POST /v1/inventory/set", setBody("key-00001", item(5)))
    const other = await simulator.hub("POST /v1/inventory/set", setBody("key-00001", item(6)))
    expect(second.body).toEqual(first.body)
    expect(other.status).toBe(409)
    expect(await simulator.shown("A")).toBe(4)
    expect(await simulator.stats()).toMatchObject({ items_written: 1, writes_repeated: 1, validation_errors: 1 })
  })

  it("applies a key once even if it comes again while the first is being held", async () => {
    const simulator = await testSimulator({ listings: [listing("A")] })
    await simulator.call("POST /control/hold", { next: 1, ms: 40 })
    const body = setBody("key-00002", item(5))
    await Promise.all([1, 2, 3].map(() => simulator.hub("POST /v1/inventory/set", body)))
    expect(await simulator.stats()).toMatchObject({ items_written: 1, writes_repeated: 2, max_concurrent_calls: 3 })
  })

  it("holds only the writes it was told to, and applies them at the end", async () => {
    const simulator = await testSimulator({ listings: [listing("A"), listing("B")] })
    await simulator.call("POST /control/hold", { next: 1, ms: 300 })
    const startedAt = performance.now()
    const held = simulator.client.pushStock([writeOf("A", 5)], "held-write")
    await until(async () => Number((await simulator.stats()).calls) === 1)
    await simulator.client.pushStock([writeOf("B", 6)], "free-write")
    expect([await simulator.shown("A"), await simulator.shown("B")]).toEqual([0, 6])
    expect(await held).toEqual([{ status: "accepted" }])
    expect(performance.now() - startedAt).toBeGreaterThan(295)
    expect(await simulator.shown("A")).toBe(5)
  })

  it("logs what was written, in order", async () => {
    const simulator = await testSimulator({ listings: [listing("A")] })
    for (const quantity of [3, 4, 5]) {
      await simulator.client.pushStock([writeOf("A", quantity)], `write-${quantity}-key`)
    }
    const { body } = await simulator.call("GET /control/writes?since=1")
    expect(body).toMatchObject({
      writes: [
        { index: 1, listing_id: "A", location_id: "main", quantity: 4, late: false },
        { index: 2, quantity: 5 },
      ],
    })
  })

  it.each([
    ["a body that is not JSON", "POST /v1/inventory/set", "{", 400],
    ["a name it does not know", "POST /v1/inventory/set", setBody("key-00003", item(1, { note: "x" })), 422],
    ["half a unit", "POST /v1/inventory/set", setBody("key-00003", item(1.5)), 422],
    ["less than nothing", "POST /v1/inventory/set", setBody("key-00003", item(-1)), 422],
    ["no key", "POST /v1/inventory/set", { items: [item(1)] }, 422],
    ["more items than allowed", "POST /v1/inventory/set", setBody("key-00003", item(1), item(2), item(3)), 422],
    [
      "a batch of reads that is too large",
      "POST /v1/inventory/read",
      { items: Array(3).fill({ listing_id: "A", location_id: "main" }) },
      422,
    ],
    ["a cursor it did not give", "GET /v1/orders?cursor=abc", undefined, 422],
    ["a query it does not know", "GET /v1/listings?page=2", undefined, 422],
    ["a secret that is none", "PUT /v1/webhook", { url: "http://127.0.0.1:1/", secret: "abc" }, 422],
    ["a path it does not have", "GET /v1/products", undefined, 404],
  ])("refuses %s in words and counts it", async (_name, request, body, status) => {
    const simulator = await testSimulator({ max_batch: 2, listings: [listing("A")] })
    const reply = await simulator.hub(request, body)
    expect(reply).toMatchObject({ status, body: { error: expect.stringMatching(/\w+ \w+/) as unknown } })
    expect(await simulator.stats()).toMatchObject({ validation_errors: 1, items_written: 0 })
  })

  it("refuses a comparison when it cannot compare", async () => {
    const simulator = await testSimulator({ compare_and_set: false, listings: [listing("A")] })
    const body = setBody("key-00004", item(1, { compare_quantity: 0 }))
    expect(await simulator.hub("POST /v1/inventory/set", body)).toMatchObject({ status: 422 })
    const client = openClient(simulator.url, { compare_and_set: false })
    expect(await client.pushStock([writeOf("A", 1, 99)], "key-00005")).toEqual([{ status: "accepted" }])
  })
})

describe("a channel without locations", () => {
  it("keeps everything at *", async () => {
    const simulator = await testSimulator({ has_locations: false, listings: [listing("A")] })
    const client = openClient(simulator.url, { has_locations: false })
    await client.check()
    expect(await client.listLocations()).toEqual([])
    const key = keyOf("A", "*")
    expect(await client.pushStock([{ ...key, quantity: 4, compareWith: null }], "key-00006")).toEqual([
      { status: "accepted" },
    ])
    expect(await client.pullStock([key])).toEqual([{ ...key, quantity: 4 }])
  })
})

describe("checking a connection", () => {
  it.each([
    [{ max_batch: 5 }, 'set "max_batch" to at most 5'],
    [{ compare_and_set: false }, 'set "compare_and_set" to false'],
    [{ has_locations: false }, 'set "has_locations" to false'],
  ])("says which option does not fit a simulator with %j", async (settings, words) => {
    const simulator = await testSimulator(settings)
    await expect(simulator.client.check()).rejects.toThrow(words)
  })
})

describe("limits and delays", () => {
  it("answers 429 above its rate, says when to come back, and is right about it", async () => {
    const simulator = await testSimulator({ rate_limit: { calls_per_second: 4, burst: 3 } })
    const replies = await Promise.all(Array.from({ length: 8 }, () => simulator.hub("GET /v1/ping")))
    const limited = replies.filter(({ status }) => status === 429)
    expect(replies.length - limited.length).toBe(3)
    expect(limited[0]?.headers.get("retry-after")).toBe("1")
    const waitMs = Number(limited[0]?.headers.get("retry-after-ms"))
    expect(waitMs).toBeLessThanOrEqual(250)
    await new Promise((resolve) => setTimeout(resolve, waitMs + 5))
    expect((await simulator.hub("GET /v1/ping")).status).toBe(200)
    expect(await simulator.stats()).toMatchObject({ rate_limited: 5 })
  })

  it("takes its time and counts how many calls are under way", async () => {
    const simulator = await testSimulator({ latency_ms: 60 })
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: 5 }, () => simulator.hub("GET /v1/ping")))
    expect(performance.now() - startedAt).toBeGreaterThan(55)
    expect(await simulator.stats()).toMatchObject({ max_concurrent_calls: 5, concurrent_calls: 0 })
  })

  it("does not slow the shoppers down", async () => {
    const simulator = await testSimulator({ latency_ms: 5_000, listings: [listing("A", 1)] })
    expect((await simulator.call("POST /shop/orders", buy(1))).status).toBe(201)
  })
})

describe("control", () => {
  it("changes what is named and leaves the rest, inside chaos too", async () => {
    const simulator = await testSimulator({ max_batch: 7, chaos: { error_rate: 0.5, seed: 9 } })
    const { body } = await simulator.call("POST /control/settings", { latency_ms: 3, chaos: { error_rate: 0.1 } })
    expect(body).toMatchObject({ max_batch: 7, latency_ms: 3, chaos: { error_rate: 0.1, seed: 9 } })
  })

  it.each([
    ["a name that does not exist", { latency: 3 }],
    ["a name in chaos that does not exist", { chaos: { error: 1 } }],
    ["a value that is none", { chaos: { error_rate: 2 } }],
    ["what is fixed at the start", { token: "other" }],
  ])("refuses %s", async (_name, patch) => {
    const simulator = await testSimulator()
    expect(await simulator.call("POST /control/settings", patch)).toMatchObject({ status: 422 })
  })

  it("takes more listings, without touching the stock of those it has", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 5)], initial_stock: 2 })
    const listings = [
      { id: "A", sku: "SKU-A", title: "New title", quantity: 9 },
      { id: "B", sku: null },
    ]
    expect((await simulator.call("POST /control/listings", { listings })).body).toEqual({ added: 1, total: 2 })
    expect([await simulator.shown("A"), await simulator.shown("B")]).toEqual([5, 2])
    expect((await simulator.client.listListings(null)).items).toMatchObject([{ title: "New title" }, { sku: null }])
  })

  it("tells its state without the token", async () => {
    const simulator = await testSimulator({ listings: [listing("A", 5)] })
    const { body } = await simulator.call("GET /control/state")
    expect(body).toMatchObject({ stock: [{ listing_id: "A", quantity: 5 }], orders: [], webhook_url: null })
    expect(JSON.stringify(body)).not.toContain("simulator-secret-token")
  })
})
