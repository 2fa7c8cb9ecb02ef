import { CONNECTION_OPERATIONS } from "../../../src/types/states"
import type { Preview } from "../../../src/engine/queries/load-preview"
import type { HubListingsResponse, HubOverviewResponse, HubWhyResponse } from "../../../src/types/http/hub"
import { TOKEN } from "../../helpers/hub-world"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

interface Answer<Body> {
  readonly status: number
  readonly body: Body
}

export const apiCases = (medusa: MedusaSuite): void =>
  describe("admin API", () => {
    const world = useWorld(medusa)
    let token = ""

    beforeEach(async () => {
      const login = await fetch(`${world().baseUrl}/auth/user/emailpass`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: "a@stock-hub.test", password: "secret-password" }),
      })
      token = ((await login.json()) as { token: string }).token
    })

    async function call<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
      const response = await fetch(world().baseUrl + path, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as Body }
    }

    const draft = (url: string, name = "Shop") => ({
      name,
      connector_id: "simulator",
      settings: { base_url: url, token: TOKEN, has_locations: false, compare_and_set: false },
      sales_channel_id: world().shop.salesChannelIds[1],
      locations: world().shop.locationIds.map((stock_location_id) => ({ stock_location_id })),
      allowed_operations: CONNECTION_OPERATIONS,
    })

    it.each([
      "/admin/hub/overview",
      "/admin/hub/connections",
      "/admin/hub/listings",
      "/admin/hub/listings/x/why",
      "/admin/hub/inventory-items/x/why",
    ])("answers 401 at %s to a stranger", async (path) => {
      expect((await fetch(world().baseUrl + path)).status).toBe(401)
    })

    it("connects a channel, lists what it sells and explains it, and never shows a secret", async () => {
      const channel = await world().openChannel()
      const created = await call<{ connection: { id: string } }>("POST", "/admin/hub/connections", draft(channel.url))
      expect(created.status).toBe(201)
      const { id } = created.body.connection
      const connected = await call("POST", `/admin/hub/connections/${id}/connect`, {})
      expect(connected).toMatchObject({
        status: 202,
        body: { connection: { state: "connected", write_mode: "shadow" }, run: { kind: "import-listings" } },
      })
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 0, "L-TEA": 0, "L-SET": 0 })
      expect((await call("POST", `/admin/hub/connections/${id}/preview`)).status).toBe(202)
      await world().drain()
      const { body } = await call<{ preview: Preview }>("GET", `/admin/hub/connections/${id}/preview`)
      expect(body.preview).toMatchObject({ total: 3, higher: 3, lower: 0, same: 0, to_zero: 0, unknown: 0, pending: 0 })
      expect((await call("POST", `/admin/hub/connections/${id}/write-mode`, { write_mode: "live" })).status).toBe(202)
      await world().drain()

      const overview = await call<HubOverviewResponse>("GET", "/admin/hub/overview")
      expect(overview.body).toMatchObject({
        capture: "installed",
        connections: [{ name: "Shop", listing_count: 3, in_sync_count: 3, pending_count: 0 }],
      })
      const first = await call<HubListingsResponse>("GET", "/admin/hub/listings?limit=2")
      const second = await call<HubListingsResponse>(
        "GET",
        `/admin/hub/listings?limit=2&cursor=${encodeURIComponent(first.body.next_cursor ?? "")}`
      )
      expect([...first.body.listings, ...second.body.listings].map((listing) => listing.external_sku).sort()).toEqual([
        "MUG",
        "SET",
        "TEA",
      ])
      const why = await call<HubWhyResponse>(
        "GET",
        `/admin/hub/listings/${first.body.listings[0]?.listing_id ?? ""}/why`
      )
      expect(why.body.why[0]?.explanation?.is_verified).toBe(true)
      expect(JSON.stringify([created, connected, overview, first, second, why])).not.toContain(TOKEN)
    })

    it("keeps no secret readable in any hub table or workflow execution", async () => {
      const channel = await world().openChannel()
      const created = await call<{ connection: { id: string } }>("POST", "/admin/hub/connections", draft(channel.url))
      await call("POST", `/admin/hub/connections/${created.body.connection.id}/connect`, {})
      const tables = await world().query<{ name: string }>(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND (tablename LIKE 'hub_%' OR tablename = 'workflow_execution')"
      )
      expect(tables.length).toBeGreaterThan(10)
      for (const { name } of tables) {
        const rows = await world().sql.raw<{ rows: unknown[] }>("SELECT 1 FROM ?? AS t WHERE t::text LIKE ?", [
          name,
          `%${TOKEN}%`,
        ])
        expect({ name, rows: rows.rows.length }).toEqual({ name, rows: 0 })
      }
    })

    it("stores nothing when the channel refuses the credentials", async () => {
      const channel = await world().openChannel({ token: "another-token" })
      const answer = await call<{ message: string }>("POST", "/admin/hub/connections", draft(channel.url))
      expect(answer.status).toBe(400)
      expect(answer.body.message).not.toContain(TOKEN)
      expect(await world().query("SELECT 1 FROM hub_connection")).toEqual([])
    })

    it.each([
      ["an unknown connector", { connector_id: "nope" }, 400, "nope"],
      [
        "an unknown setting",
        { settings: { base_url: "http://localhost:1", token: "t", colour: "red" } },
        400,
        "colour",
      ],
      ["no location", { locations: [] }, 400, "locations"],
      ["an unknown field", { colour: "red" }, 400, "colour"],
      ["a negative buffer", { quantity_rule: { buffer: -1 } }, 400, "buffer"],
    ])("refuses %s in words", async (_, change, status, word) => {
      const channel = await world().openChannel()
      const answer = await call<{ message: string }>("POST", "/admin/hub/connections", {
        ...draft(channel.url),
        ...change,
      })
      expect(answer.status).toBe(status)
      expect(answer.body.message).toContain(word)
    })

    it("refuses a second connection of the same name and one location that feeds two", async () => {
      const channel = await world().openChannel()
      await call("POST", "/admin/hub/connections", draft(channel.url))
      expect((await call("POST", "/admin/hub/connections", draft(channel.url))).status).toBe(400)
      const [location] = world().shop.locationIds
      const twice = {
        ...draft(channel.url, "Other"),
        locations: [{ stock_location_id: location }, { stock_location_id: location }],
      }
      expect((await call("POST", "/admin/hub/connections", twice)).status).toBe(400)
      expect(await world().query("SELECT name FROM hub_connection WHERE deleted_at IS NULL")).toEqual([
        { name: "Shop" },
      ])
    })

    it("links a multipack by hand and finds unlinked listings", async () => {
      const channel = await world().openChannel({ listings: [{ id: "L-6", sku: "TEA-X3", title: "Three teas" }] })
      const created = await call<{ connection: { id: string } }>("POST", "/admin/hub/connections", draft(channel.url))
      await call("POST", `/admin/hub/connections/${created.body.connection.id}/connect`, {})
      await call("POST", `/admin/hub/connections/${created.body.connection.id}/write-mode`, { write_mode: "live" })
      await world().drain()
      const unlinked = await call<HubListingsResponse>("GET", "/admin/hub/listings?state=unlinked")
      expect(unlinked.body.listings).toMatchObject([{ external_sku: "TEA-X3", state: "unlinked", desired: null }])
      const [variant] = await world().query<{ id: string }>("SELECT id FROM product_variant WHERE sku = 'TEA'")
      await call("POST", "/admin/hub/listings/batch", {
        update: [{ id: unlinked.body.listings[0]?.listing_id, variant_id: variant?.id, pack_size: 3 }],
      })
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-6": 2 })
    })

    it.each([
      ["an unknown connection", "hconn_unknown", {}, 404],
      ["no signature", "", {}, 401],
      [
        "a wrong signature",
        "",
        { "webhook-id": "1", "webhook-timestamp": "1700000000", "webhook-signature": "v1,AAAA" },
        401,
      ],
    ])("refuses a webhook with %s", async (_, given, headers, status) => {
      const channel = await world().openChannel()
      const id = given === "" ? await world().connect(channel) : given
      const response = await fetch(`${world().baseUrl}/hooks/hub/${id}`, { method: "POST", headers, body: "{}" })
      expect(response.status).toBe(status)
      expect(await world().query("SELECT 1 FROM hub_inbox_event")).toEqual([])
    })
  })
