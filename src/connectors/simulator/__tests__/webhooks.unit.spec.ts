import { createServer, type Server } from "node:http"
import type { ChannelMessage } from "../../../types/channel"
import type { SimulatorSettingsInput } from "../server/settings"
import { parseSimulatorWebhook } from "../webhook"
import {
  listing,
  stopSimulators,
  testSimulator,
  until,
  WEBHOOK_SECRET,
  writeOf,
  type TestSimulator,
} from "./simulator-calls"

let servers: Server[] = []

afterEach(async () => {
  await stopSimulators()
  servers.forEach((server) => server.close().closeAllConnections())
  servers = []
})

interface Inbox {
  /** Messages that were verified, in the order they arrived. */
  readonly messages: ChannelMessage[]
  readonly url: string
  readonly ids: (string | undefined)[]
}

/** A receiver that verifies everything, and answers 503 to the first attempts. */
async function openInbox(failures = 0): Promise<Inbox> {
  const messages: ChannelMessage[] = []
  const ids: (string | undefined)[] = []
  let remaining = failures
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const id = request.headers["webhook-id"]?.toString()
      ids.push(id)
      if (remaining > 0) {
        remaining -= 1
        response.writeHead(503).end()
        return
      }
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])
      )
      const context = { secrets: [WEBHOOK_SECRET], now: new Date() }
      const message = parseSimulatorWebhook({ headers, rawBody: Buffer.concat(chunks) }, context)
      if (message.ok) {
        messages.push(message.value)
      }
      response.writeHead(message.ok ? 200 : 401).end()
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return { messages, ids, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/hooks` }
}

async function subscribed(settings: SimulatorSettingsInput, inbox: Inbox): Promise<TestSimulator> {
  const simulator = await testSimulator({ webhook_retry_ms: 5, listings: [listing("A", 100)], ...settings })
  await simulator.client.subscribe(inbox.url, WEBHOOK_SECRET)
  return simulator
}

const order = { lines: [{ sku: "SKU-A", quantity: 1 }] }

const settled = (simulator: TestSimulator): Promise<void> =>
  until(async () => (await simulator.stats()).webhooks_waiting === 0)

describe("webhooks", () => {
  it("tells about orders, signed and readable by the connector", async () => {
    const inbox = await openInbox()
    const simulator = await subscribed({}, inbox)
    await simulator.call("POST /shop/orders", order)
    const [pulled] = (await simulator.client.pullOrders(null)).items
    await simulator.call(`POST /shop/orders/${pulled?.externalId}/cancel`)
    await until(() => inbox.messages.length === 2)
    expect(inbox.messages).toMatchObject([
      { topic: "order", order: pulled },
      { topic: "order", order: { version: 2, lines: [{ quantity: 1, cancelledQuantity: 1 }] } },
    ])
  })

  it("tries again, with the same id, until it is answered 2xx", async () => {
    const inbox = await openInbox(3)
    const simulator = await subscribed({}, inbox)
    await simulator.call("POST /shop/orders", order)
    await until(() => inbox.messages.length === 1)
    expect(inbox.ids).toHaveLength(4)
    expect(new Set(inbox.ids).size).toBe(1)
    await settled(simulator)
    expect(await simulator.stats()).toMatchObject({ webhooks_sent: 1, webhook_attempts_failed: 3, webhooks_failed: 0 })
  })

  it("gives up after the last attempt", async () => {
    const inbox = await openInbox(100)
    const simulator = await subscribed({ webhook_max_attempts: 3 }, inbox)
    await simulator.call("POST /shop/orders", order)
    await until(async () => (await simulator.stats()).webhooks_failed === 1)
    expect(inbox.ids).toHaveLength(3)
  })

  it("echoes every changed quantity, also those that the hub wrote, if it is told to", async () => {
    const inbox = await openInbox()
    const simulator = await subscribed({ stock_webhooks: true }, inbox)
    await simulator.client.pushStock([writeOf("A", 7)], "key-00001")
    await simulator.client.pushStock([writeOf("A", 7)], "key-00002")
    await simulator.call("POST /shop/tamper", { listing_id: "A", location_id: "main", quantity: 3 })
    await settled(simulator)
    expect(inbox.messages).toMatchObject([
      { topic: "stock", observation: { externalListingId: "A", externalLocationId: "main", quantity: 7 } },
      { topic: "stock", observation: { quantity: 3 } },
    ])
  })

  it("keeps the events about one thing in order while nothing shuffles them", async () => {
    const inbox = await openInbox(2)
    const simulator = await subscribed({ stock_webhooks: true }, inbox)
    const quantities = Array.from({ length: 20 }, (_, index) => index)
    for (const quantity of quantities) {
      await simulator.call("POST /shop/tamper", { listing_id: "A", location_id: "main", quantity })
    }
    await settled(simulator)
    const seen = inbox.messages.map((message) => (message.topic === "stock" ? message.observation.quantity : null))
    expect(seen).toEqual(quantities)
  })

  it("lets them overtake each other when chaos says so", async () => {
    const inbox = await openInbox()
    const simulator = await subscribed({ stock_webhooks: true, chaos: { webhook_shuffle: true } }, inbox)
    const quantities = Array.from({ length: 20 }, (_, index) => index)
    for (const quantity of quantities) {
      await simulator.call("POST /shop/tamper", { listing_id: "A", location_id: "main", quantity })
    }
    await settled(simulator)
    const seen = inbox.messages.map((message) => (message.topic === "stock" ? message.observation.quantity : null))
    expect(seen).not.toEqual(quantities)
    expect([...seen].sort((a, b) => Number(a) - Number(b))).toEqual(quantities)
  })

  it("drops, doubles and delays them when chaos says so", async () => {
    const lost = await openInbox()
    const dropping = await subscribed({ chaos: { webhook_drop_rate: 1 } }, lost)
    await dropping.call("POST /shop/orders", order)
    expect(await dropping.stats()).toMatchObject({ webhooks_dropped: 1, webhooks_waiting: 0 })

    const twice = await openInbox()
    const doubling = await subscribed({ chaos: { webhook_duplicate_rate: 1, webhook_delay_ms: 60 } }, twice)
    const startedAt = performance.now()
    await doubling.call("POST /shop/orders", order)
    await until(() => twice.messages.length === 2)
    expect(performance.now() - startedAt).toBeGreaterThan(55)
    expect(new Set(twice.ids).size).toBe(1)
    expect(lost.messages).toEqual([])
  })

  it("uses other event and order ids after a restart, as if it were the same channel going on", async () => {
    const inbox = await openInbox()
    for (const _life of [1, 2]) {
      const simulator = await subscribed({}, inbox)
      await simulator.call("POST /shop/orders", order)
      await settled(simulator)
    }
    expect(new Set(inbox.ids).size).toBe(2)
    expect(
      new Set(inbox.messages.map((message) => (message.topic === "order" ? message.order.externalId : ""))).size
    ).toBe(2)
  })
})
