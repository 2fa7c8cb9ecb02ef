import { signWebhook } from "../../../src/lib/webhook-signature"
import { acceptWebhook } from "../../../src/engine/ingest/accept-webhook"
import { intakeOf } from "../../../src/engine/intake/intake"
import { integrationConfig, WEBHOOK_SECRET } from "../../../src/engine/connections"
import { repairSubscriptions } from "../../../src/engine/subscriptions/repair-subscriptions"
import type {
  HubInboundMessageResponse,
  HubInboundResponse,
  HubReplayResponse,
  HubRunResponse,
  HubWebhooksResponse,
} from "../../../src/types"
import { adminCall, type AdminCall } from "../../helpers/admin-call"
import type { HubWorld } from "../../helpers/hub-world"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const SHELF = { listing_id: "L-MUG", location_id: "*", quantity: 4 }

interface Sent {
  readonly id: string
  readonly type?: string
  readonly data?: unknown
}

async function secretOf(world: HubWorld, connectionId: string): Promise<string> {
  return (await integrationConfig(world.container).readSecrets(connectionId))[WEBHOOK_SECRET] ?? ""
}

/** A delivery as the channel would make it. */
function deliver(
  world: HubWorld,
  connectionId: string,
  { id, type = "stock.changed", data = SHELF }: Sent,
  secret: string
): Promise<Response> {
  const rawBody = Buffer.from(
    JSON.stringify({ type, event_id: id, occurred_at: new Date().toISOString(), data, email: "buyer@example.com" })
  )
  const signed = signWebhook({ id, timestampSeconds: Math.floor(Date.now() / 1_000), rawBody }, [secret])
  if (!signed.ok) {
    throw new Error(signed.error.message)
  }
  return fetch(`${world.baseUrl}/hooks/hub/${connectionId}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed.value },
    body: rawBody,
  })
}

const forge = (world: HubWorld, connectionId: string): Promise<Response> =>
  fetch(`${world.baseUrl}/hooks/hub/${connectionId}`, {
    method: "POST",
    headers: {
      "webhook-id": "x",
      "webhook-timestamp": String(Math.floor(Date.now() / 1_000)),
      "webhook-signature": "v1,AAAA",
    },
    body: '{"first_name":"Ada"}',
  })

const orderData = (id: string, sequence: number, quantity = 1) => ({
  id,
  number: `N-${id}`,
  sequence,
  placed_at: "2026-01-05T10:00:00.000Z",
  currency: "eur",
  email: "buyer@example.com",
  lines: [
    {
      id: `${id}-1`,
      listing_id: "L-MUG",
      location_id: "*",
      sku: "MUG",
      title: "Mug",
      quantity,
      cancelled_quantity: 0,
      unit_price: "9.00",
    },
  ],
})

export const inboundCases = (medusa: MedusaSuite): void =>
  describe("inbound", () => {
    const world = useWorld(medusa)
    let call: AdminCall

    beforeEach(async () => {
      call = await adminCall(world())
    })

    const flush = (): Promise<void> => intakeOf(world().container).deliveries.flush()

    const list = async (query = ""): Promise<HubInboundResponse["messages"]> => {
      await flush()
      return (await call<HubInboundResponse>("GET", `/admin/hub/inbound${query}`)).body.messages
    }

    const states = async (query = ""): Promise<string[]> => (await list(query)).map(({ state }) => state)

    it("stores many that come at once in few transactions, and says so of each only when it is stored", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      await deliver(world(), id, { id: "warm" }, secret)
      const answers = await Promise.all(
        Array.from({ length: 120 }, async (_, index) => {
          const event = {
            type: "stock.changed",
            event_id: `many-${index}`,
            occurred_at: "2026-01-01T00:00:00Z",
            data: SHELF,
          }
          const rawBody = Buffer.from(JSON.stringify(event))
          const message = { id: event.event_id, timestampSeconds: Math.floor(Date.now() / 1_000), rawBody }
          const signed = signWebhook(message, [secret])
          const headers = signed.ok ? signed.value : {}
          const taken = await acceptWebhook(world().container, id, { headers, rawBody, address: null })
          const stored = await world().query("SELECT 1 FROM hub_inbox_event WHERE event_id = :event", {
            event: event.event_id,
          })
          return taken.ok && stored.length === 1
        })
      )
      expect(answers).toEqual(Array.from({ length: 120 }, () => true))
      const commits = await world().query(
        "SELECT DISTINCT xmin::text FROM hub_inbox_event WHERE event_id LIKE 'many-%'"
      )
      // One each would be 120.
      expect(commits.length).toBeLessThan(20)
    })

    it("keeps a message that cannot be stored from keeping others out", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      const [odd, ...rest] = await Promise.all([
        deliver(world(), id, { id: "odd", type: "shop.renamed\u0000", data: {} }, secret),
        ...Array.from({ length: 10 }, (_, index) => deliver(world(), id, { id: `fine-${index}` }, secret)),
      ])
      expect(odd.status).toBe(200)
      expect(rest.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    })

    it("looks at the table a few times a second at most, however many ids are guessed", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      await deliver(world(), id, { id: "warm" }, secret)
      const before = await world().query<{ seq: number }>(
        "SELECT (pg_stat_get_numscans(c.oid) + COALESCE((SELECT sum(pg_stat_get_numscans(indexrelid)) FROM pg_index WHERE indrelid = c.oid), 0))::float8 AS seq FROM pg_class c WHERE c.relname = 'hub_webhook_endpoint'"
      )
      const begun = performance.now()
      const answers = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => (await forge(world(), `hconn_guess${index}`)).status)
      )
      expect(new Set(answers)).toEqual(new Set([404]))
      const seconds = (performance.now() - begun) / 1_000
      await world().query("SELECT pg_stat_force_next_flush()")
      const after = await world().query<{ seq: number }>(
        "SELECT (pg_stat_get_numscans(c.oid) + COALESCE((SELECT sum(pg_stat_get_numscans(indexrelid)) FROM pg_index WHERE indrelid = c.oid), 0))::float8 AS seq FROM pg_class c WHERE c.relname = 'hub_webhook_endpoint'"
      )
      expect((after[0]?.seq ?? 0) - (before[0]?.seq ?? 0)).toBeLessThan(4 * seconds + 10)
      expect(await states()).not.toContain("rejected")
      // What cannot be an id is not even looked up.
      expect((await forge(world(), "..%2f")).status).toBe(404)
    })

    it("limits rejected messages by address, logs the first of them only, and lets the channel through all the same", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      const answers: number[] = []
      for (let index = 0; index < 25; index += 1) {
        answers.push((await forge(world(), id)).status)
      }
      expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
      expect(answers.slice(20)).toEqual(Array.from({ length: 5 }, () => 429))
      expect((await forge(world(), id)).headers.get("retry-after")).toMatch(/^\d+$/)
      expect((await deliver(world(), id, { id: "real" }, secret)).status).toBe(200)
      expect(await states("?state=rejected&limit=100")).toHaveLength(20)
    })

    it("refuses what is too large in words, and logs it", async () => {
      const id = await world().connect(await world().openChannel())
      const answer = await fetch(`${world().baseUrl}/hooks/hub/${id}`, { method: "POST", body: "x".repeat(1_100_000) })
      expect(answer.status).toBe(413)
      expect(await list("?state=rejected")).toMatchObject([{ error: expect.stringContaining("larger than") }])
    })

    it("knows within the same moment that a connection takes no messages any more, and that another is there", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      expect((await deliver(world(), id, { id: "one" }, secret)).status).toBe(200)
      await call("POST", `/admin/hub/connections/${id}/state`, { event: "disable" })
      expect((await deliver(world(), id, { id: "two" }, secret)).status).toBe(404)
      const other = await world().connect(await world().openChannel(), { name: "Two" })
      expect((await deliver(world(), other, { id: "three" }, await secretOf(world(), other))).status).toBe(200)
      expect(await states(`?connection_id=${id}&state=rejected`)).toEqual(["rejected"])
    })

    it("lists every message with its state, by channel, state, topic, time and number, page by page", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      await deliver(world(), id, { id: "s1" }, secret)
      await deliver(world(), id, { id: "s1" }, secret)
      await forge(world(), id)
      await deliver(world(), id, { id: "o2", type: "order.placed", data: orderData("A1", 2) }, secret)
      await world().drain()
      await deliver(world(), id, { id: "o1", type: "order.placed", data: orderData("A1", 1) }, secret)
      await world().drain()
      await deliver(world(), id, { id: "o3", type: "order.placed", data: orderData("B1", 1) }, secret)
      await world().query("UPDATE hub_inbox_event SET error = 'no luck', attempts = 1 WHERE event_id = 'o3'")
      expect((await states()).sort()).toEqual(["duplicate", "failed", "processed", "processed", "rejected", "stale"])
      expect(await states("?state=failed")).toEqual(["failed"])
      expect(await states("?topic=order&state=stale")).toEqual(["stale"])
      expect(await list("?search=N-B1")).toMatchObject([{ about: "N-B1", event_id: "o3", origin: "webhook" }])
      expect(await states(`?until=${new Date(Date.now() - 60_000).toISOString()}`)).toEqual([])
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: HubInboundResponse = (
          await call<HubInboundResponse>(
            "GET",
            `/admin/hub/inbound?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`
          )
        ).body
        seen.push(...page.messages.map((message) => message.id))
        cursor = page.next_cursor
      } while (cursor !== null)
      expect(new Set(seen).size).toBe(6)
      expect(seen).toHaveLength(6)
    })

    it("shows a message with its deliveries, without its buyer and without secrets", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      const event = { id: "o1", type: "order.placed", data: orderData("A1", 1) }
      await deliver(world(), id, event, secret)
      await deliver(world(), id, event, secret)
      await world().drain()
      const [message] = await list("?topic=order&state=processed")
      const { body } = await call<HubInboundMessageResponse>("GET", `/admin/hub/inbound/${message?.id ?? ""}`)
      expect(body.message).toMatchObject({
        state: "processed",
        about: "N-A1",
        order_id: expect.stringMatching(/^order_/),
        is_replayable: true,
        took_ms: expect.any(Number),
      })
      expect(body.message.deliveries.map(({ outcome }) => outcome).sort()).toEqual(["accepted", "duplicate"])
      const text = JSON.stringify(body)
      expect(text).toContain("webhook-signature: [redacted]")
      expect(text).toContain("L-MUG")
      expect(text).not.toContain("buyer@example.com")
      expect(text).not.toContain(secret.slice(6))
      expect((await call("GET", "/admin/hub/inbound/hinb_nobody")).status).toBe(404)
    })

    it("replays messages as a run, after saying what that would change, and changes nothing twice", async () => {
      const id = await world().connect(await world().openChannel())
      const secret = await secretOf(world(), id)
      await deliver(world(), id, { id: "o1", type: "order.placed", data: orderData("A1", 1, 2) }, secret)
      await deliver(world(), id, { id: "s1" }, secret)
      await world().drain()
      const before = await world().query(`SELECT count(*)::int AS orders FROM "order"`)
      const reserved = await world().query(
        "SELECT sum(quantity)::int AS units FROM reservation_item WHERE deleted_at IS NULL"
      )
      const wanted = { filter: { connection_id: id } }
      const dry = await call<HubReplayResponse>("POST", "/admin/hub/inbound/replay", { ...wanted, dry_run: true })
      expect(dry.body).toMatchObject({ estimate: { messages: 2, unchanged: 1, orders: 0, listings: 1 }, run: null })
      expect(await states()).toEqual(["processed", "processed"])
      const asked = await call<HubReplayResponse>("POST", "/admin/hub/inbound/replay", wanted)
      expect(asked.status).toBe(202)
      await world().until(async () => {
        await world().drain()
        const { body } = await call<HubRunResponse>("GET", `/admin/hub/runs/${asked.body.run?.id ?? ""}`)
        return body.run.finished_at !== null
      })
      const { body } = await call<HubRunResponse>("GET", `/admin/hub/runs/${asked.body.run?.id ?? ""}`)
      expect(body.run).toMatchObject({
        kind: "replay-messages",
        state: "succeeded",
        total_count: 2,
        succeeded_count: 2,
      })
      expect((await list()).map(({ replay_count }) => replay_count)).toEqual([1, 1])
      expect(await world().query(`SELECT count(*)::int AS orders FROM "order"`)).toEqual(before)
      expect(
        await world().query("SELECT sum(quantity)::int AS units FROM reservation_item WHERE deleted_at IS NULL")
      ).toEqual(reserved)
    })

    it("replays one message, refuses one that there is not, and a replay of everything by mistake", async () => {
      const id = await world().connect(await world().openChannel())
      await deliver(world(), id, { id: "s1" }, await secretOf(world(), id))
      await world().drain()
      const [message] = await list()
      const path = "/admin/hub/inbound/replay"
      expect((await call("POST", path, { ids: [message?.id] })).status).toBe(202)
      expect((await call("POST", path, { ids: ["hinb_nobody"] })).status).toBe(404)
      expect((await call("POST", path, {})).status).toBe(400)
      await call("POST", "/admin/hub/runs", { kind: "replay-messages" })
      await world().drain()
      const runs = await world().query<{ state: string }>(
        "SELECT state FROM hub_run WHERE kind = 'replay-messages' AND scope = '{}'"
      )
      expect(runs).toEqual([{ state: "failed" }])
    })

    it("takes both secrets while one is being replaced, and only the new one when the time is over", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      const old = await secretOf(world(), id)
      const { body, status } = await call<HubWebhooksResponse>("POST", `/admin/hub/connections/${id}/webhooks/rotate`)
      expect({ status, until: body.webhooks.previous_until }).toMatchObject({ status: 200, until: expect.any(String) })
      const fresh = await secretOf(world(), id)
      expect(fresh).not.toBe(old)
      expect((await deliver(world(), id, { id: "with-old" }, old)).status).toBe(200)
      expect((await deliver(world(), id, { id: "with-new" }, fresh)).status).toBe(200)
      await channel.order({ lines: [{ sku: "MUG", quantity: 1 }] })
      await world().ingest(1)
      await world().query("UPDATE hub_webhook_endpoint SET previous_until = clock_timestamp() - interval '1 second'")
      await world().until(async () => (await deliver(world(), id, { id: "too-old" }, old)).status === 401)
      expect((await deliver(world(), id, { id: "still-new" }, fresh)).status).toBe(200)
    })

    it("finds out that the channel has forgotten us, tells it again, and says so", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      const webhooks = async () =>
        (await call<HubWebhooksResponse>("GET", `/admin/hub/connections/${id}/webhooks`)).body.webhooks
      expect(await webhooks()).toMatchObject({ is_possible: true, topics: [{ topic: "all", is_subscribed: null }] })
      await fetch(`${channel.url}/control/forget-webhook`, { method: "POST", body: "{}" })
      await repairSubscriptions(world().container)
      expect(await webhooks()).toMatchObject({
        topics: [{ topic: "all", is_subscribed: true }],
        repaired_count: 1,
        failure: null,
      })
      await channel.order({ lines: [{ sku: "MUG", quantity: 1 }] })
      await world().ingest(1)
      const repaired = await call<HubWebhooksResponse>("POST", `/admin/hub/connections/${id}/webhooks/repair`)
      expect(repaired.body.webhooks.repaired_count).toBe(1)
      await fetch(`${channel.url}/control/settings`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ accepts_token: false }),
      })
      expect((await call("POST", `/admin/hub/connections/${id}/webhooks/repair`)).status).toBe(409)
      expect((await webhooks()).failure).toContain("refused the token")
    })

    it("asks for an order that a message only names, and for a number that it only hints at", async () => {
      const channel = await world().openChannel({ chaos: { webhook_drop_rate: 1 } })
      const id = await world().connect(channel)
      const placed = await channel.order({ lines: [{ sku: "MUG", quantity: 3 }] })
      await world().query(
        `INSERT INTO hub_inbox_event (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
         VALUES ('hinb_hint', 'hcomp_default', :id, 'hint', 'order', 'order:' || :order,
           jsonb_build_object('topic', 'order-hint', 'eventId', 'hint', 'occurredAt', now(), 'externalOrderId', :order), now(), now(), 'accepted'),
           ('hinb_gone', 'hcomp_default', :id, 'gone', 'order', 'order:nobody',
           jsonb_build_object('topic', 'order-hint', 'eventId', 'gone', 'occurredAt', now(), 'externalOrderId', 'nobody'), now(), now(), 'accepted')`.replaceAll(
          ":order",
          `CAST('${placed?.id ?? ""}' AS text)`
        ),
        { id }
      )
      await world().drain()
      expect(await world().query("SELECT id, state FROM hub_inbox_event ORDER BY id DESC")).toMatchObject([
        { id: "hinb_hint", state: "processed" },
        { id: "hinb_gone", state: "stale" },
      ])
      expect(await world().query("SELECT sum(quantity)::int AS units FROM reservation_item")).toEqual([{ units: 3 }])
    })

    it("answers in time and stores nothing when the connector cannot read what is signed", async () => {
      const id = await world().connect(await world().openChannel())
      const rawBody = Buffer.from("not json")
      const signed = signWebhook({ id: "m", timestampSeconds: Math.floor(Date.now() / 1_000), rawBody }, [
        await secretOf(world(), id),
      ])
      const headers = signed.ok ? signed.value : {}
      const result = await acceptWebhook(world().container, id, { headers, rawBody, address: null })
      expect(result).toMatchObject({ ok: false, error: { kind: "invalid-data" } })
      expect(await list("?state=rejected")).toMatchObject([{ topic: null, error: expect.stringContaining("signed") }])
    })
  })
