import { createHmac } from "node:crypto"
import { Access } from "../../../../fakes/shopify/access"
import { settingsSchema, type FakeShopifyInput } from "../../../../fakes/shopify/settings"
import type { ConnectorClient } from "../../define-connector"
import type { HttpResponse } from "../../../types/http-port"
import type { ExternalListingId } from "../../../types/ids"
import { openShopifyClient } from "../client"
import { CHECK, levelsOperation, SET_QUANTITIES } from "../documents"
import { shopifyConnector } from "../index"
import { readAnswer, readShopifyUsage } from "../map-answer"
import { shopifyOAuth } from "../oauth"
import { apiVersionOf, findVersionMistake, shopAddress, type ShopifyOptions } from "../options"
import { WEBHOOK_TOPICS } from "../webhook"
import { fakeSession, httpTo, OPTIONS, type FakeSession } from "./fake-session"

let shops = 0

function open(
  input: FakeShopifyInput = {},
  options: Partial<ShopifyOptions> = {}
): FakeSession & { client: ConnectorClient } {
  const shop = fakeSession(input)
  shops += 1
  // What is learned of a shop outlives its clients, so every test has a shop of its own.
  const own = { ...OPTIONS, shop: `shop-${shops}.myshopify.com`, ...options }
  return { ...shop, client: openShopifyClient({ http: shop.session.http, options: own }) }
}

describe("a connection to Shopify", () => {
  it("is sound when address, credentials, version and scopes are", async () => {
    await expect(open().client.check()).resolves.toBeUndefined()
  })

  it.each<[string, Partial<ShopifyOptions>, RegExp]>([
    ["no address", { shop: "https://" }, /address of a shop/],
    ["no credentials", { access_token: undefined }, /client ID and the client secret/],
    ["a version that is none", { api_version: "latest" }, /Versions look like/],
    ["a version that cannot compare", { api_version: "2025-10" }, /too old/],
  ])("says what is wrong with %s before it asks anybody", async (_name, options, message) => {
    const { client, requests } = open({}, options)
    await expect(client.check()).rejects.toThrow(message)
    expect(requests).toHaveLength(0)
  })

  it("names the scopes that are missing", async () => {
    const { client } = open({ scopes: ["write_inventory", "read_locations"] })
    await expect(client.check()).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringContaining(": read_products."),
    })
  })

  it.each(["2026-04", "2026-07", undefined])("works with version %s", async (api_version) => {
    const { client, write } = open({}, { api_version })
    await client.check()
    expect(await client.pushStock?.([write(0, 3, 10)], "key")).toEqual([{ status: "accepted" }])
    expect((await client.listListings?.(null))?.items).toHaveLength(5)
  })

  it("lists active locations, those of fulfilment services among them", async () => {
    const { client } = open({
      locations: [{ name: "Shop" }, { name: "Service", legacy: true }, { name: "Closed", active: false }],
    })
    expect((await client.listLocations?.())?.map(({ name }) => name)).toEqual(["Shop", "Service"])
  })

  it("lists nothing that is not tracked and no bundle, and blank codes as none", async () => {
    const { client } = open({
      products: [{ sku: " A ", barcode: "" }, { sku: "B", tracked: false }, { sku: "C", bundle: true }, { sku: "" }],
    })
    expect((await client.listListings?.(null))?.items).toMatchObject([
      { sku: "A", barcode: null },
      { sku: null, barcode: null },
    ])
  })

  it("asks for half as long as a question is too dear, and remembers it", async () => {
    const products = Array.from({ length: 300 }, (_, index) => ({ sku: `S${index}`, quantity: index }))
    const { client, fake, requests } = open({ products, points: { capacity: 20_000, perSecond: 1_000 } })
    const place = fake.state.places[0]?.id
    const keys = [...fake.state.items.keys()].map((id) => ({
      externalListingId: id as ExternalListingId,
      externalLocationId: place as never,
    }))
    Object.assign(fake.limits, { mostPoints: 400 })
    const read = await client.pullStock?.(keys)
    expect(read?.map(({ quantity }) => quantity)).toEqual(products.map(({ quantity }) => quantity))
    const refused = requests.length
    await client.pullStock?.(keys)
    expect(requests.length - refused).toBeLessThan(refused)
    expect(fake.rules.report().examples).toEqual([])
  })

  it("subscribes to what is missing and leaves the rest alone", async () => {
    const { client, fake, requests } = open()
    await client.subscribe?.("https://hub.example/hooks/hub/1", "unused")
    expect(fake.state.subscriptions.map(({ topic }) => topic)).toEqual([...WEBHOOK_TOPICS])
    fake.state.subscriptions.splice(2, 1)
    const before = requests.length
    await client.subscribe?.("https://hub.example/hooks/hub/1", "unused")
    expect(requests.length - before).toBe(2)
    expect(await client.listSubscriptions?.()).toHaveLength(WEBHOOK_TOPICS.length)
    expect(shopifyConnector.webhookTopics?.(OPTIONS)).toEqual(WEBHOOK_TOPICS)
  })

  it("says what an address needs that Shopify does not send to", async () => {
    const { client } = open()
    await expect(client.subscribe?.("http://shop.example/hooks", "x")).rejects.toMatchObject({ kind: "invalid-data" })
  })
})

describe("what Shopify answers", () => {
  const cost = (available: number, requested = 100) => ({
    extensions: {
      cost: {
        requestedQueryCost: requested,
        actualQueryCost: 12,
        throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: available, restoreRate: 100 },
      },
    },
  })
  const refusal = (code: string) => ({ errors: [{ message: "No", extensions: { code } }], ...cost(40) })
  const answer = (status: number, body: unknown, more: object = {}): HttpResponse => ({
    status,
    headers: {},
    body,
    ...more,
  })

  it.each<[string, HttpResponse, object]>([
    [
      "throttled",
      answer(200, refusal("THROTTLED")),
      { kind: "refused", failure: { kind: "rate-limited", retryAfterMs: 600 } },
    ],
    ["too dear", answer(200, refusal("MAX_COST_EXCEEDED")), { kind: "too-dear" }],
    ["no scope", answer(200, refusal("ACCESS_DENIED")), { kind: "refused", failure: { kind: "auth" } }],
    [
      "its own failure",
      answer(200, refusal("INTERNAL_SERVER_ERROR")),
      { kind: "broken", failure: { kind: "transient" } },
    ],
    ["an unknown field", answer(200, refusal("undefinedField")), { kind: "refused", failure: { kind: "unsupported" } }],
    [
      "429",
      answer(429, null, { retryAfterMs: 2_000 }),
      { kind: "refused", failure: { kind: "rate-limited", retryAfterMs: 2_000 } },
    ],
    ["503 with a time", answer(503, null, { retryAfterMs: 500 }), { failure: { kind: "rate-limited" } }],
    ["503 without", answer(503, null), { kind: "refused", failure: { kind: "transient" } }],
    ["502", answer(502, "<html>"), { kind: "broken", failure: { kind: "transient" } }],
    ["401", answer(401, { errors: "[API] Invalid API key" }), { failure: { kind: "auth", vendorCode: "401" } }],
    ["402", answer(402, null), { failure: { kind: "auth" } }],
    ["404", answer(404, { errors: "Not Found" }), { failure: { kind: "not-found" } }],
    ["nothing", answer(200, null), { kind: "broken", failure: { kind: "invalid-data" } }],
    ["data", answer(200, { data: { shop: {} }, ...cost(40) }), { kind: "data" }],
  ])("reads %s", (_name, response, expected) => {
    expect(readAnswer(response, levelsOperation(1), "Reading")).toMatchObject(expected)
  })

  it("names the scopes that a refused question needs", () => {
    const denied = readAnswer(answer(200, refusal("ACCESS_DENIED")), SET_QUANTITIES, "Setting")
    expect(denied).toMatchObject({ failure: { message: expect.stringContaining("write_inventory") } })
  })

  it("tells the bucket, and nothing where nothing is told", () => {
    const told = { available: 40, capacity: 2_000, perSecond: 100, actualCost: 12 }
    expect(readShopifyUsage(answer(200, cost(40)))).toEqual(told)
    expect(readShopifyUsage(answer(200, { data: {} }))).toBeNull()
    // What was turned away took nothing, so what it was counted for is given back.
    const turnedAway = refusal("THROTTLED")
    turnedAway.extensions.cost.actualQueryCost = null as never
    expect(readShopifyUsage(answer(200, turnedAway))).toMatchObject({ available: 40, actualCost: 0 })
    expect(CHECK.cost).toBeLessThan(100)
  })
})

describe("the address of a shop", () => {
  it.each([
    ["example", "https://example.myshopify.com"],
    ["example.myshopify.com", "https://example.myshopify.com"],
    ["https://Example.myshopify.com/admin/settings", "https://example.myshopify.com"],
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
    ["http://example.myshopify.com", null],
    ["http://127.0.0.1.evil.example", null],
    ["https://user:secret@example.com", null],
    ["exa mple", null],
    ["", null],
  ])("of %p is %p", (text, address) => {
    expect(shopAddress(text)).toBe(address)
  })

  it("goes with a version", () => {
    expect([undefined, "", " 2026-07 "].map((api_version) => apiVersionOf({ api_version }))).toEqual([
      "2026-10",
      "2026-10",
      "2026-07",
    ])
    expect(findVersionMistake("2027-01")).toBeNull()
  })
})

describe("tokens", () => {
  const APP: ShopifyOptions = { ...OPTIONS, access_token: undefined, client_id: "hub-app" }

  it("come from the app itself, from the merchant's yes, or last for ever", () => {
    expect(shopifyOAuth.grant(APP)).toBe("client-credentials")
    expect(shopifyOAuth.grant({ ...APP, ask_on_shopify: true })).toBe("authorization-code")
    expect(shopifyOAuth.grant(OPTIONS)).toBeNull()
  })

  it("open the shop for a day, and for no longer", async () => {
    let now = 0
    const { fake } = fakeSession({}, { now: () => now })
    const http = httpTo(fake)
    const tokens = shopifyOAuth.readTokens(
      await http.request(shopifyOAuth.tokenRequest(APP, { kind: "client-credentials" }))
    )
    if (!tokens.ok) {
      throw new Error(tokens.error.message)
    }
    expect(tokens.value).toMatchObject({ expiresInSeconds: 86_400, refreshToken: null })
    const authorised = {
      request: (request: Parameters<typeof http.request>[0]) =>
        http.request(shopifyOAuth.authorise?.(request, tokens.value.accessToken) ?? request),
    }
    const client = openShopifyClient({ http: authorised, options: APP })
    await expect(client.check()).resolves.toBeUndefined()
    now = 86_400_001
    await expect(client.check()).rejects.toMatchObject({ kind: "auth" })
  })

  it("that expire are renewed, each refresh token once", async () => {
    const { fake } = fakeSession()
    const http = httpTo(fake)
    const back = new URL(
      fake.access.wayBack(
        new URLSearchParams({ redirect_uri: "https://hub.example/back", state: "s" }),
        "example.myshopify.com"
      )
    )
    const ask = async (question: Parameters<typeof shopifyOAuth.tokenRequest>[1]) =>
      shopifyOAuth.readTokens(await http.request(shopifyOAuth.tokenRequest(APP, question)))
    const code = {
      kind: "code",
      code: back.searchParams.get("code") ?? "",
      redirectUri: "",
      codeVerifier: null,
    } as const
    const first = await ask(code)
    expect(first).toMatchObject({ ok: true, value: { expiresInSeconds: 3_600 } })
    const refreshToken = first.ok ? (first.value.refreshToken ?? "") : ""
    expect(await ask({ kind: "refresh", refreshToken })).toMatchObject({ ok: true })
    expect(await ask({ kind: "refresh", refreshToken })).toMatchObject({ ok: false, error: { kind: "auth" } })
    expect(await ask(code)).toMatchObject({ ok: false, error: { kind: "auth" } })
  })

  it.each<[number, unknown, string]>([
    [400, { error: "invalid_client" }, "auth"],
    [404, null, "auth"],
    [429, null, "rate-limited"],
    [502, null, "transient"],
    [200, { unexpected: 1 }, "invalid-data"],
  ])("are not given with %p", (status, body, kind) => {
    expect(shopifyOAuth.readTokens({ status, headers: {}, body })).toMatchObject({ ok: false, error: { kind } })
  })

  it("are asked for on a page of the shop, with everything that the connector uses", () => {
    const url = new URL(
      shopifyOAuth.authorizeUrl?.(APP, { redirectUri: "https://hub.example/back", state: "s", codeChallenge: null }) ??
        ""
    )
    expect(url.origin + url.pathname).toBe("https://example.myshopify.com/admin/oauth/authorize")
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: "hub-app",
      state: "s",
      redirect_uri: "https://hub.example/back",
    })
    expect(url.searchParams.get("scope")).toContain("write_inventory")
  })

  it("are not taken from a way back that Shopify has not signed, or that is of another shop", () => {
    const check = (query: Record<string, string>) => shopifyOAuth.checkCallback?.(APP, query)
    // The vector that lies beside the repository.
    const query = {
      code: "0907a61c0c8d55e99db179b68161bc00",
      shop: "example.myshopify.com",
      state: "0.6784241404160823",
      timestamp: "1337178173",
      hmac: "d7b39b558cbe71579cc7b80a78caa600923e11d8a5f19625453d3969a174334e",
    }
    expect(check(query)).toEqual({ ok: true, value: true })
    expect(check({ ...query, code: "1" })).toMatchObject({ ok: false, error: { kind: "auth" } })
    expect(check({ ...query, hmac: "" })).toMatchObject({ ok: false })
    const text = "code=1&shop=other.myshopify.com"
    const hmac = createHmac("sha256", APP.client_secret ?? "")
      .update(text)
      .digest("hex")
    expect(check({ code: "1", shop: "other.myshopify.com", hmac })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("another shop") },
    })
  })

  it("are worth nothing once the merchant has removed the app", () => {
    const access = new Access(settingsSchema.parse({}), () => 0)
    const app = { client_id: "hub-app", client_secret: "hush_shopify_client_secret", grant_type: "client_credentials" }
    expect(access.grant(app).status).toBe(200)
    access.isUninstalled = true
    expect([access.grant(app).status, access.mayEnter("shpat_fake_lasting_token")]).toEqual([400, false])
  })
})

it("reads several locations in one question", async () => {
  const { client, fake, requests } = open({ locations: [{ name: "North" }, { name: "South" }] })
  const keys = [...fake.state.items.keys()].flatMap((id) =>
    fake.state.places.map((place) => ({
      externalListingId: id as ExternalListingId,
      externalLocationId: place.id as never,
    }))
  )
  keys.forEach((key, index) => fake.state.show(key.externalListingId, key.externalLocationId, index))
  expect((await client.pullStock?.(keys))?.map(({ quantity }) => quantity)).toEqual(keys.map((_, index) => index))
  expect(requests).toHaveLength(1)
})

describe("what a question is counted for before it is answered", () => {
  it("follows from the largest that was answered, and is never more than Shopify allows", async () => {
    const products = Array.from({ length: 250 }, (_, index) => ({ sku: `S${index}`, quantity: 1 }))
    const { client, fake, requests } = open({ products, points: { capacity: 20_000, perSecond: 1_000 } })
    const place = fake.state.places[0]?.id as never
    const keys = [...fake.state.items.keys()].map((id) => ({
      externalListingId: id as ExternalListingId,
      externalLocationId: place,
    }))
    await client.pullStock?.(keys.slice(0, 1))
    await client.pullStock?.(keys)
    await client.pullStock?.(keys.slice(0, 10))
    const costs = requests.map(({ cost }) => cost ?? 0)
    // A small one says little about a large one: the large one is counted for at least what it takes.
    expect(costs[1]).toBeGreaterThanOrEqual(750)
    expect(Math.max(...costs)).toBeLessThanOrEqual(1_000)
    expect(costs[2]).toBeLessThan(60)
  })
})
