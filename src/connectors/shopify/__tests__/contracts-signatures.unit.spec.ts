import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { createHmac } from "node:crypto"
import type { InboundRequest } from "../../define-connector"
import { parseShopifyWebhook, parseWithLargeIds } from "../webhook"

const SECRET = "hush_shopify_client_secret"
const NOW = new Date("2026-11-20T15:00:05Z")

/** As in the vectors beside the repository; written out here, so that it is checked everywhere. */
const VECTOR = {
  body:
    `{"inventory_item_id":271878346596884015,"location_id":24826418,"available":7,"updated_at":"2026-11-20T10:00:00-05:00",` +
    `"admin_graphql_api_id":"gid:\\/\\/shopify\\/InventoryLevel\\/24826418?inventory_item_id=271878346596884015"}`,
  headers: {
    "x-shopify-topic": "inventory_levels/update",
    "x-shopify-hmac-sha256": "cxbNQxjticebwjSvK+5+PVU1aU3mJQ+eYxoyndCSuSE=",
    "x-shopify-shop-domain": "example.myshopify.com",
    "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
    "x-shopify-triggered-at": "2026-11-20T15:00:00.123456789Z",
  },
}

const MESSAGE = {
  topic: "stock",
  eventId: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  occurredAt: "2026-11-20T15:00:00.123Z",
  observation: {
    externalListingId: "gid://shopify/InventoryItem/271878346596884015",
    externalLocationId: "gid://shopify/Location/24826418",
    quantity: 7,
  },
}

const parse = (request: Partial<InboundRequest>, secrets: readonly string[] = [SECRET], options = {}) =>
  parseShopifyWebhook(
    { rawBody: Buffer.from(VECTOR.body), headers: VECTOR.headers, ...request },
    { secrets, now: NOW, options }
  )

const signed = (topic: string, body: string, headers: Record<string, string> = {}): InboundRequest => ({
  rawBody: Buffer.from(body),
  headers: {
    ...VECTOR.headers,
    "x-shopify-topic": topic,
    "x-shopify-hmac-sha256": createHmac("sha256", SECRET).update(body).digest("base64"),
    ...headers,
  },
})

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(VECTOR.headers).filter(([each]) => each !== name))

describe("messages of Shopify", () => {
  it("passes the vector, and keeps an id that no number can hold", () => {
    expect(parse({})).toEqual({ ok: true, value: MESSAGE })
  })

  it("is the vector that lies beside the repository, where it does", () => {
    const file = resolve(__dirname, "../../../../../shared/contracts/specs/webhook-vectors.json")
    const { shopify } = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as { shopify: { body: string; secret: string } })
      : { shopify: { body: VECTOR.body, secret: SECRET } }
    expect(shopify).toMatchObject({ body: VECTOR.body, secret: SECRET })
  })

  const body = Buffer.from(VECTOR.body)
  const altered = Buffer.from(body)
  altered.writeUInt8(altered.readUInt8(altered.length - 2) ^ 1, altered.length - 2)
  const negatives: [string, () => unknown][] = [
    ["another secret", () => parse({}, ["another"])],
    ["no secret at all", () => parse({}, [])],
    ["an empty secret", () => parse({}, [""])],
    ["a changed byte", () => parse({ rawBody: altered })],
    [
      "the signature of the changed byte",
      () =>
        parse({
          headers: { ...VECTOR.headers, "x-shopify-hmac-sha256": "cTqK1gMaFCt4mLO2pf+DjdMTqkXww+Ry1pgOKs58saI=" },
        }),
    ],
    ["no signature", () => parse({ headers: without("x-shopify-hmac-sha256") })],
    ["no topic", () => parse({ headers: without("x-shopify-topic") })],
    ["no delivery id", () => parse({ headers: without("x-shopify-webhook-id") })],
    [
      "a signature that is cut short",
      () => parse({ headers: { ...VECTOR.headers, "x-shopify-hmac-sha256": "cxbNQxjt" } }),
    ],
    ["another shop", () => parse({}, [SECRET], { shop: "other.myshopify.com" })],
  ]

  it.each(negatives)("refuses %s", (_name, attempt) => {
    expect(attempt()).toMatchObject({ ok: false, error: { kind: "auth" } })
  })

  it("opens with either secret while one is being rotated", () => {
    expect(parse({}, ["old", SECRET])).toMatchObject({ ok: true })
    expect(parse({}, [SECRET, "new"])).toMatchObject({ ok: true })
  })

  it("has one id for a delivery that is sent again, so that it is taken once", () => {
    const again = parse({ headers: { ...VECTOR.headers, "x-shopify-triggered-at": "2026-11-20T15:04:00Z" } })
    expect(again).toMatchObject({ value: { eventId: MESSAGE.eventId } })
  })

  it("reads the second family of headers, and no mixture of both", () => {
    const renamed = Object.fromEntries(Object.entries(VECTOR.headers).map(([name, value]) => [name.slice(2), value]))
    expect(parse({ headers: renamed })).toMatchObject({ ok: true, value: { topic: "stock" } })
    const mixed = { ...without("x-shopify-topic"), "shopify-topic": "inventory_levels/update" }
    expect(parse({ headers: mixed })).toMatchObject({ ok: false, error: { kind: "auth" } })
  })

  it.each([
    ["orders/create", `{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508"}`],
    ["orders/updated", `{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508"}`],
    ["orders/cancelled", `{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508"}`],
    ["orders/edited", `{"order_edit":{"id":78912328793,"order_id":820982911946154508}}`],
    ["refunds/create", `{"id":890088186047892319,"order_id":820982911946154508}`],
  ])("takes %s for a hint which order changed", (topic, text) => {
    expect(parseShopifyWebhook(signed(topic, text), { secrets: [SECRET], now: NOW })).toMatchObject({
      ok: true,
      value: { topic: "order-hint", externalOrderId: "gid://shopify/Order/820982911946154508" },
    })
  })

  it("takes a level that was connected or taken away for a number that it does not know", () => {
    const request = signed("inventory_levels/disconnect", `{"inventory_item_id":1,"location_id":2}`)
    expect(parseShopifyWebhook(request, { secrets: [SECRET], now: NOW })).toMatchObject({
      value: { topic: "stock", observation: { quantity: null } },
    })
  })

  it("knows that the app was removed", () => {
    const request = signed("app/uninstalled", `{"id":548380009,"domain":"example.myshopify.com"}`)
    expect(parseShopifyWebhook(request, { secrets: [SECRET], now: NOW })).toMatchObject({
      value: { topic: "uninstalled" },
    })
  })

  it("calls a time that nobody can read now", () => {
    const request = signed("app/uninstalled", "{}", { "x-shopify-triggered-at": "yesterday" })
    expect(parseShopifyWebhook(request, { secrets: [SECRET], now: NOW })).toMatchObject({
      value: { occurredAt: NOW.toISOString() },
    })
  })
})

describe("JSON with large ids", () => {
  it("keeps them as texts and leaves everything else alone", () => {
    const text = `{"a":9007199254740993,"b":12,"c":"x 12345678901234567890 \\" 9","d":-1.5e3,"e":[271878346596884015]}`
    expect(parseWithLargeIds(text)).toEqual({
      a: "9007199254740993",
      b: 12,
      c: `x 12345678901234567890 " 9`,
      d: -1500,
      e: ["271878346596884015"],
    })
  })
})
