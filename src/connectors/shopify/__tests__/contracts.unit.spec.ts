import { signedHeaders } from "../../../../fakes/shopify/webhook-sender"
import type { Misbehaviour as Accident } from "../../../../fakes/shopify/settings"
import { startFakeShopify, type RunningFakeShopify } from "../../../../fakes/shopify/start-fake-shopify"
import type { ExternalListingId, ExternalLocationId } from "../../../types/ids"
import { testConnector, type FakeChannel, type Misbehaviour, type WebhookSample } from "../../../testing"
import { shopifyConnector } from "../index"

const TOKEN = "shpat_contract_suite_token"
const OTHER_TOKEN = "shpat_a_token_of_nobody"
const SECRET = "hush_shopify_client_secret"
const MISSING = "gid://shopify/InventoryItem/1" as ExternalListingId

const ACCIDENTS: Record<Exclude<Misbehaviour, "none">, Accident> = {
  "rate-limited": "throttled",
  "server-error": "server-error",
  silence: "silence",
  "lost-answer": "lost-answer",
  malformed: "malformed",
}

let running: RunningFakeShopify | null = null

async function startFake(): Promise<FakeChannel> {
  const started = await startFakeShopify({
    token: TOKEN,
    client_secret: SECRET,
    points: { capacity: 20_000, perSecond: 2_000 },
    locations: [{ name: "Shop" }, { name: "Old fulfilment service", legacy: true }],
    products: [
      ...Array.from({ length: 130 }, (_, index) => ({ sku: `SKU-${index}`, quantity: 1_000 })),
      { sku: "not-tracked", tracked: false },
      { sku: "bundle", bundle: true },
    ],
  })
  running = started
  const { fake } = started
  const listed = [...fake.state.items.values()].filter(({ tracked, isBundle }) => tracked && !isBundle)
  const place = fake.state.places[0]?.id as ExternalLocationId
  const keyAt = (index: number) => ({
    externalListingId: listed[index]?.id as ExternalListingId,
    externalLocationId: place,
  })
  return {
    settings: { shop: started.url, access_token: TOKEN, client_secret: SECRET },
    wrongCredentials: { shop: started.url, access_token: OTHER_TOKEN, client_secret: SECRET },
    secrets: [TOKEN, OTHER_TOKEN, SECRET],
    misbehave: async (how) => {
      fake.change({ chaos: how === "none" ? {} : { [ACCIDENTS[how]]: 1 } })
    },
    listingIds: listed.map(({ id }) => id),
    stock: {
      keys: [keyAt(0), keyAt(1), keyAt(2)],
      missingKey: { externalListingId: MISSING, externalLocationId: place },
      shown: async (key) => fake.state.shown(key.externalListingId, key.externalLocationId),
      show: async (key, quantity) => {
        fake.state.show(key.externalListingId, key.externalLocationId, quantity)
      },
    },
    placeOrder: async () => {
      const lines = [{ sku: "SKU-9", quantity: 1, discounts: [], taxes: [] }]
      const input = { lines, shipping: [], taxes_included: true, email: null, test: false, only_stock: true }
      return fake.orders.place(input)?.order.id ?? ""
    },
    stop: () => started.stop(),
  }
}

const sample = (name: string, topic: WebhookSample["topic"], body: object): WebhookSample => ({
  name,
  topic,
  rawBody: Buffer.from(JSON.stringify(body)),
})

/** The suite signs bodies; which header goes with which is ours to know. */
function topicOf(rawBody: Buffer): string {
  const text = rawBody.toString("utf8")
  return text.includes("inventory_item_id")
    ? "inventory_levels/update"
    : text.includes("domain")
      ? "shop/update"
      : "orders/updated"
}

testConnector(shopifyConnector, {
  exampleSettings: { shop: "example.myshopify.com", access_token: TOKEN },
  start: startFake,
  webhook: {
    secret: SECRET,
    otherSecret: "another_client_secret",
    staleAfterMs: null,
    samples: [
      sample("a changed number", "stock", { inventory_item_id: 43729076, location_id: 24826418, available: 7 }),
      sample("an event that it does not know", "other", { domain: "example.com" }),
    ],
    sign: (rawBody, secret, triggeredAt) => {
      const headers = signedHeaders(
        { topic: topicOf(rawBody), secret, rawBody },
        { deliveryId: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", eventId: "98880550", triggeredAt }
      )
      return Object.fromEntries(
        ["x-shopify-hmac-sha256", "x-shopify-topic", "x-shopify-webhook-id"].map((name) => [name, headers[name] ?? ""])
      )
    },
  },
})

describe("what Shopify asks for in prose", () => {
  // The suite above stops the fake when it ends; what it counted is still there.
  it("was kept by every request of the suite", () => {
    const report = running?.fake.rules.report()
    process.stdout.write(`shopify, requests held against the prose:\n${JSON.stringify(report?.rules, null, 1)}\n`)
    expect(report?.examples).toEqual([])
    expect(running?.fake.stats.invalid).toBe(0)
    expect(report?.rules["quantities: changeFromQuantity said"]?.checked).toBeGreaterThan(10)
    expect(report?.rules["inventorySetQuantities: @idempotent"]?.checked).toBeGreaterThan(5)
  })
})
