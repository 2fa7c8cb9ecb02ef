import { signWebhook } from "../../../lib/webhook-signature"
import { testConnector, type FakeChannel, type Misbehaviour, type WebhookSample } from "../../../testing"
import { simulatorConnector } from "../index"
import { orderSchema } from "../schema"
import { keyOf, listing, testSimulator, TOKEN, WEBHOOK_SECRET } from "./simulator-calls"

const NO_CHAOS = { error_rate: 0, rate_limit_rate: 0, drop_answer_rate: 0, malformed_rate: 0 }

const SETTINGS: Record<Misbehaviour, object> = {
  none: { latency_ms: 0, chaos: NO_CHAOS },
  "rate-limited": { chaos: { ...NO_CHAOS, rate_limit_rate: 1 } },
  "server-error": { chaos: { ...NO_CHAOS, error_rate: 1 } },
  silence: { latency_ms: 60_000 },
  "lost-answer": { chaos: { ...NO_CHAOS, drop_answer_rate: 1 } },
  malformed: { chaos: { ...NO_CHAOS, malformed_rate: 1 } },
}

async function startFake(): Promise<FakeChannel> {
  const ids = Array.from({ length: 7 }, (_, index) => `L${index}`)
  const simulator = await testSimulator({
    page_size: 3,
    listings: [...ids.map((id) => listing(id)), listing("sold", 1_000)],
  })
  return {
    settings: { base_url: simulator.url, token: TOKEN },
    wrongCredentials: { base_url: simulator.url, token: "another-secret-token" },
    secrets: [TOKEN, "another-secret-token"],
    misbehave: async (how) => {
      await simulator.call("POST /control/settings", SETTINGS[how])
    },
    listingIds: [...ids, "sold"],
    stock: {
      keys: [keyOf("L0"), keyOf("L1"), keyOf("L2")],
      missingKey: keyOf("there-is-none"),
      shown: (key) => simulator.shown(key.externalListingId, key.externalLocationId),
      show: async (key, quantity) => {
        const slot = { listing_id: key.externalListingId, location_id: key.externalLocationId }
        await simulator.call("POST /shop/tamper", { ...slot, quantity })
      },
    },
    placeOrder: async () => {
      const { body } = await simulator.call("POST /shop/orders", { lines: [{ sku: "SKU-sold", quantity: 1 }] })
      return orderSchema.parse(body.order).id
    },
    stop: () => simulator.stop(),
  }
}

const order = {
  id: "order-1",
  number: "S-1001",
  sequence: 3,
  placed_at: "2026-03-01T11:59:00Z",
  currency: "eur",
  email: null,
  lines: [
    {
      id: "order-1-line-1",
      listing_id: "L1",
      location_id: "main",
      sku: "SKU-L1",
      title: "Bean",
      quantity: 2,
      cancelled_quantity: 0,
      unit_price: "9.90",
    },
  ],
}

const sample = (name: string, topic: WebhookSample["topic"], type: string, data: unknown): WebhookSample => ({
  name,
  topic,
  rawBody: Buffer.from(JSON.stringify({ type, event_id: "evt-1", occurred_at: "2026-03-01T11:59:59.120Z", data })),
})

testConnector(simulatorConnector, {
  exampleSettings: { base_url: "http://127.0.0.1:1", token: TOKEN },
  start: startFake,
  webhook: {
    secret: WEBHOOK_SECRET,
    otherSecret: `whsec_${Buffer.alloc(32, 8).toString("base64")}`,
    staleAfterMs: 300_000,
    samples: [
      sample("a new order", "order", "order.placed", order),
      sample("a changed order", "order", "order.changed", order),
      sample("a changed quantity", "stock", "stock.changed", { listing_id: "L1", location_id: "main", quantity: 4 }),
      sample("an event it does not know", "other", "shop.renamed", { name: "New" }),
    ],
    sign: (rawBody, secret, signedAt) => {
      const timestampSeconds = Math.floor(signedAt.getTime() / 1_000)
      const headers = signWebhook({ id: "evt-1", timestampSeconds, rawBody }, [secret])
      return headers.ok ? headers.value : {}
    },
  },
})
