import { checkConnections } from "../../../src/engine/connection/check-connections"
import { pruneHistory } from "../../../src/engine/prune"
import { integrationConfig } from "../../../src/engine/connections"
import type {
  HubConnectionDetail,
  HubConnectionTestResponse,
  HubTimelineResponse,
} from "../../../src/types/http/connection"
import { CONNECTION_OPERATIONS } from "../../../src/types/states"
import { TOKEN } from "../../helpers/hub-world"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

interface Answer<Body> {
  readonly status: number
  readonly body: Body & { readonly message: string }
}

type One = { readonly connection: HubConnectionDetail }

export const connectionCases = (medusa: MedusaSuite): void =>
  describe("connections", () => {
    const world = useWorld(medusa)
    let token = ""

    beforeEach(async () => {
      token = await world().login()
    })

    async function call<Body = One>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
      const response = await fetch(`${world().baseUrl}/admin/hub${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return {
        status: response.status,
        body: (text.startsWith("{") ? JSON.parse(text) : { text }) as Answer<Body>["body"],
      }
    }

    const settingsOf = (url: string) => ({ base_url: url, token: TOKEN, has_locations: false, compare_and_set: false })
    const detail = async (id: string): Promise<HubConnectionDetail> =>
      (await call("GET", `/connections/${id}`)).body.connection
    const timeline = async (id: string) =>
      (await call<HubTimelineResponse>("GET", `/connections/${id}/timeline?limit=100`)).body.entries

    it("sets a draft up step by step, as the wizard does, and throws it away until it was connected", async () => {
      const channel = await world().openChannel()
      const created = await call("POST", "/connections", { name: "Shop", connector_id: "simulator" })
      expect(created.status).toBe(201)
      const { id } = created.body.connection
      expect(await detail(id)).toMatchObject({
        state: "draft",
        setup_step: "settings",
        settings: {},
        is_deletable: true,
      })
      const wrong = await call("POST", `/connections/${id}`, {
        settings: { ...settingsOf(channel.url), token: "nope" },
      })
      expect(wrong.status).toBe(400)
      expect(await detail(id)).toMatchObject({ settings: {}, version: 1 })

      const saved = await call("POST", `/connections/${id}`, {
        settings: settingsOf(channel.url),
        allowed_operations: CONNECTION_OPERATIONS,
        setup_step: "places",
      })
      expect(saved.body.connection).toMatchObject({
        setup_step: "places",
        settings: { base_url: channel.url },
        version: 2,
      })
      expect(
        (await call<{ locations: unknown }>("GET", `/connections/${id}/external-locations`)).body.locations
      ).toEqual([{ id: "*", name: "Shop" }])
      const locations = world().shop.locationIds.map((stock_location_id) => ({ stock_location_id }))
      const placed = await call("POST", `/connections/${id}`, { locations, setup_step: "import" })
      expect(placed.body.connection.places).toHaveLength(3)

      const connected = await call("POST", `/connections/${id}/connect`, { backend_url: `${world().baseUrl}/below/` })
      expect(connected.status).toBe(202)
      await world().drain()
      expect(await detail(id)).toMatchObject({
        state: "connected",
        write_mode: "shadow",
        counts: { linked: 3, numbers: 3 },
      })
      const subscription = await channel.get<{ subscription: { url: string } | null }>("/control/state")
      expect(JSON.stringify(subscription)).toContain(`/below/hooks/hub/${id}`)
      expect((await call("DELETE", `/connections/${id}`)).status).toBe(409)
      expect((await call("POST", `/connections/${id}`, { locations })).status).toBe(409)

      const other = await call("POST", "/connections", { name: "Other", connector_id: "simulator" })
      expect((await call("DELETE", `/connections/${other.body.connection.id}`)).status).toBe(200)
      expect((await call("GET", `/connections/${other.body.connection.id}`)).status).toBe(404)
    })

    it("moves between its states, refuses what cannot be in words that name both, and keeps who did what", async () => {
      const id = await world().connect(await world().openChannel())
      const paused = await call("POST", `/connections/${id}/state`, { event: "pause", reason: "Stock-taking" })
      expect(paused.body.connection).toMatchObject({ state: "paused", state_reason: "Stock-taking" })
      expect(paused.body.connection.possible_events).toEqual(["resume", "maintain", "disable"])
      await world().setStock("MUG", 0, 1)
      await world().drain()
      expect((await detail(id)).counts.pending).toBeGreaterThan(0)
      const again = await call("POST", `/connections/${id}/state`, { event: "pause" })
      expect(again.status).toBe(409)
      expect(again.body.message).toMatch(/is paused.*connected, degraded/)
      const live = await call("POST", `/connections/${id}/write-mode`, { write_mode: "live" })
      expect(live).toMatchObject({ status: 409, body: { message: expect.stringContaining("is paused") as string } })
      expect((await call("POST", `/connections/${id}/state`, { event: "resume" })).status).toBe(200)
      await world().drain()
      expect((await detail(id)).counts.pending).toBe(0)
      const moves = (await timeline(id)).flatMap((entry) =>
        entry.type === "change" && entry.kind === "state" ? [entry.changes[0]] : []
      )
      expect(moves.slice(0, 2)).toEqual([
        { field: "state", from: "paused", to: "connected" },
        { field: "state", from: "connected", to: "paused" },
      ])
      expect(moves.at(-1)).toEqual({ field: "state", from: "draft", to: "testing" })
    })

    it("counts changes of settings, keeps the difference, and refuses the second of two people", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      const { version } = await detail(id)
      const changed = await call("POST", `/connections/${id}`, {
        tags: ["eu", "b2c"],
        quantity_rule: { buffer: 2 },
        request_timeout_ms: 5_000,
        version,
      })
      expect(changed.body.connection).toMatchObject({
        version: version + 1,
        tags: ["eu", "b2c"],
        request_timeout_ms: 5_000,
        quantity_rule: { buffer: 2 },
      })
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 15, "L-TEA": 5, "L-SET": 4 })
      const late = await call("POST", `/connections/${id}`, { tags: [], version })
      expect(late.status).toBe(409)
      const [newest] = await timeline(id)
      expect(newest).toMatchObject({
        type: "change",
        kind: "settings",
        version: version + 1,
        requested_by: expect.stringMatching(/^user_/) as string,
        changes: [
          { field: "tags", from: [], to: ["eu", "b2c"] },
          { field: "quantity_rule", from: {}, to: { buffer: 2 } },
          { field: "request_timeout_ms", from: null, to: 5_000 },
        ],
      })
      expect(JSON.stringify(await timeline(id))).not.toContain(TOKEN)
    })

    it("tries settings out without storing them, and says what is wrong", async () => {
      const id = await world().connect(await world().openChannel())
      const test = (settings: object) =>
        call<HubConnectionTestResponse>("POST", `/connections/${id}/check`, { settings })
      expect((await test({})).body).toMatchObject({ is_ok: true, failure: null })
      expect((await test({ token: "wrong" })).body).toMatchObject({ is_ok: false, failure: { kind: "auth" } })
      expect((await test({})).body.is_ok).toBe(true)
    })

    it("does nothing that it is not allowed: reads only, without messages, orders and writes", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel, { allowed: ["read-listings", "read-stock"], live: false })
      expect((await detail(id)).counts).toMatchObject({ linked: 3, held: 3 })
      const live = await call("POST", `/connections/${id}/write-mode`, { write_mode: "live" })
      expect(live.status).toBe(409)
      expect(live.body.message).toContain("not allowed to write stock")
      // Even when it is live, for example because the permission was taken away later.
      await world().query("UPDATE hub_connection SET write_mode = 'live'")
      await world().setStock("MUG", 0, 3)
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 0, "L-TEA": 0, "L-SET": 0 })
      expect((await call("POST", `/connections/${id}/disconnect`, { quantities: "zero" })).status).toBe(400)
      const hook = await fetch(`${world().baseUrl}/hooks/hub/${id}`, { method: "POST", body: "{}" })
      expect(hook.status).toBeGreaterThanOrEqual(400)
      expect(await channel.get("/control/state")).toMatchObject({ webhook_url: null })
      await call("POST", `/connections/${id}`, { allowed_operations: ["read-listings", "read-stock", "write-stock"] })
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 8, "L-TEA": 7, "L-SET": 1 })
    })

    it("disconnects with every number at zero, as a run, keeps the history and can be connected again", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      expect((await detail(id)).counts.shown_above_zero).toBe(3)
      const answer = await call<{ run: { id: string } | null }>("POST", `/connections/${id}/disconnect`, {
        quantities: "zero",
      })
      expect(answer.status).toBe(202)
      await world().until(async () => {
        await world().drain()
        return (await detail(id)).state === "disabled"
      })
      expect(await world().shown(channel)).toEqual({ "L-MUG": 0, "L-TEA": 0, "L-SET": 0 })
      const { body } = await call<{ run: object }>("GET", `/runs/${answer.body.run?.id ?? ""}`)
      expect(body.run).toMatchObject({
        kind: "zero-quantities",
        state: "succeeded",
        total_count: 3,
        succeeded_count: 3,
      })
      expect(await detail(id)).toMatchObject({ write_mode: "shadow", counts: { linked: 3, shown_above_zero: 0 } })
      expect(await world().query("SELECT 1 FROM hub_explanation LIMIT 1")).toHaveLength(1)
      expect((await call("POST", `/connections/${id}/connect`, {})).status).toBe(202)
      await world().drain()
      expect(await detail(id)).toMatchObject({ state: "connected", write_mode: "shadow" })
      const left = await call("POST", `/connections/${id}/disconnect`, { quantities: "leave" })
      expect(left).toMatchObject({ status: 200, body: { connection: { state: "disabled" }, run: null } })
    })

    it("checks in less than three seconds whether a channel is there, and moves between connected and degraded", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      await checkConnections(world().container)
      expect(await detail(id)).toMatchObject({ state: "connected", health: { failure: null } })
      await channel.post("/control/settings", { latency_ms: 20_000 })
      const begun = performance.now()
      await checkConnections(world().container)
      expect(performance.now() - begun).toBeLessThan(3_000)
      expect(await detail(id)).toMatchObject({ state: "degraded", health: { failure: expect.any(String) as string } })
      await channel.post("/control/settings", { latency_ms: 0 })
      await checkConnections(world().container)
      expect(await detail(id)).toMatchObject({ state: "connected", state_reason: null, health: { failure: null } })
    })

    it("parks a connection whose connector is gone, and waits for a person when it is back", async () => {
      const id = await world().connect(await world().openChannel())
      await world().query("UPDATE hub_connection SET connector_id = 'gone'")
      await checkConnections(world().container)
      expect(await detail(id)).toMatchObject({ state: "deprecated", connector_label: "gone" })
      await world().query("UPDATE hub_connection SET connector_id = 'simulator'")
      await checkConnections(world().container)
      expect((await detail(id)).state).toBe("paused")
    })

    it("takes settings from code before the environment before what is stored, and says which are locked", async () => {
      const [first, second] = [await world().openChannel(), await world().openChannel()]
      const id = await world().connect(first, { name: "My Shop" })
      const service = integrationConfig(world().container)
      const before = { givenConnections: service.givenConnections, environment: service.environment }
      try {
        Object.assign(service, {
          environment: {
            HUB_CONNECTION_MY_SHOP_BASE_URL: "http://127.0.0.1:1",
            HUB_CONNECTION_MY_SHOP_DAILY_QUOTA: "1000",
          },
        })
        expect((await call<HubConnectionTestResponse>("POST", `/connections/${id}/check`, {})).body.is_ok).toBe(false)
        Object.assign(service, { givenConnections: { "My Shop": { settings: { base_url: second.url } } } })
        expect((await call<HubConnectionTestResponse>("POST", `/connections/${id}/check`, {})).body.is_ok).toBe(true)
        expect(await detail(id)).toMatchObject({
          settings: { base_url: second.url },
          daily_quota: 1_000,
          locked: {
            base_url: { origin: "code", where: 'connections["My Shop"]' },
            daily_quota: { origin: "environment", where: "HUB_CONNECTION_MY_SHOP_DAILY_QUOTA" },
          },
        })
        const refused = await call("POST", `/connections/${id}`, { settings: { base_url: first.url } })
        expect(refused.status).toBe(409)
        expect(refused.body.message).toContain('connections["My Shop"]')
        expect((await call("POST", `/connections/${id}`, { daily_quota: 5 })).status).toBe(409)
      } finally {
        Object.assign(service, before)
      }
      expect((await detail(id)).settings).toMatchObject({ base_url: first.url })
    })

    it("keeps within its own quota of the day", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      await call("POST", `/connections/${id}`, { daily_quota: 1 })
      for (const quantity of [3, 4, 5]) {
        await world().setStock("MUG", 0, quantity)
        await world().drain()
      }
      const [limit] = (await detail(id)).health.limits
      expect(limit).toMatchObject({ name: "own-quota", per_day: 1, used_today: 1 })
      expect((await detail(id)).counts.pending).toBeGreaterThan(0)
    })

    it("takes a failure for what its mapping says, and gives up after as many attempts as it may make", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      await call("POST", `/connections/${id}`, { error_mapping: { refused: "transient" }, most_attempts: 2 })
      await channel.post("/control/settings", { chaos: { reject_item_rate: 1 } })
      await world().setStock("MUG", 0, 3)
      const reason = async () => {
        await world().query(
          "UPDATE hub_listing_state SET next_attempt_at = NULL; UPDATE hub_lane SET not_before = NULL"
        )
        await world().drain()
        const [row] = await world().query<{ state: string; state_reason: string }>(
          `SELECT s.state, s.state_reason FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id WHERE l.external_sku = 'MUG'`
        )
        return row
      }
      expect((await reason())?.state_reason).toBe("transient")
    })

    it("keeps the history of a connection only as long as it says", async () => {
      const id = await world().connect(await world().openChannel())
      await world().query("UPDATE hub_run SET finished_at = now() - interval '5 days' WHERE state = 'succeeded'")
      await pruneHistory(world().container)
      expect(
        (await world().query("SELECT 1 FROM hub_run WHERE finished_at < now() - interval '4 days'")).length
      ).toBeGreaterThan(0)
      await call("POST", `/connections/${id}`, { retention_days: 3 })
      await pruneHistory(world().container)
      expect(await world().query("SELECT 1 FROM hub_run WHERE finished_at < now() - interval '4 days'")).toEqual([])
    })

    it("downloads the whole preview as a file for a spreadsheet", async () => {
      const id = await world().connect(await world().openChannel(), { live: false })
      await call("POST", `/connections/${id}/preview`)
      await world().drain()
      const { status, body } = await call<{ text: string }>("GET", `/connections/${id}/preview/csv`)
      expect(status).toBe(200)
      expect(body.text.split("\r\n").sort()).toContain("MUG,L-MUG,Mug,*,0,17,17,held,shadow")
    })

    it("answers 404 that names the id to whatever is asked of an unknown connection", async () => {
      const asked: readonly (readonly [method: string, path: string, body?: object])[] = [
        ["GET", ""],
        ["POST", ""],
        ["DELETE", ""],
        ["POST", "/state", { event: "pause" }],
        ["POST", "/check", {}],
        ["POST", "/disconnect", { quantities: "leave" }],
        ["GET", "/external-locations"],
        ["GET", "/timeline"],
        ["GET", "/snapshots"],
        ["GET", "/preview"],
        ["POST", "/preview"],
        ["GET", "/preview/csv"],
        ["POST", "/connect", {}],
        ["POST", "/write-mode", { write_mode: "live" }],
        ["POST", "/release", {}],
        ["GET", "/credentials"],
        ["POST", "/credentials", { secrets: { token: "x" } }],
      ]
      for (const [method, path, body = {}] of asked) {
        const answer = await call(method, `/connections/hconn_unknown${path}`, method === "GET" ? undefined : body)
        expect({ method, path, status: answer.status }).toEqual({ method, path, status: 404 })
        expect(answer.body.message).toContain("hconn_unknown")
      }
    })
  })
