import { CONNECTION_OPERATIONS } from "../../../src/types/states"
import { Tracer } from "@medusajs/framework/telemetry"
import { randomBytes } from "node:crypto"
import { integrationConfig, WEBHOOK_SECRET } from "../../../src/engine/connections"
import { reportKeys } from "../../../src/engine/keys/report-keys"
import { parseKeyRing } from "../../../src/modules/integration-config/core/envelope"
import { findIn, newCanary, scanDatabase } from "../../helpers/canaries"
import { listenToLogs, spans } from "../../helpers/listen"
import { runHub } from "../../helpers/run-hub"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

export const secretCases = (medusa: MedusaSuite): void =>
  describe("secrets", () => {
    const world = useWorld(medusa)
    let authorization = ""
    let answers: string[] = []
    let logs: ReturnType<typeof listenToLogs> = { lines: [], stop: () => undefined }

    beforeEach(async () => {
      authorization = `Bearer ${await world().login()}`
      answers = []
      spans.kept.length = 0
      spans.isOn = true
    })

    afterEach(() => {
      logs.stop()
      spans.isOn = false
      Object.assign(integrationConfig(medusa.getContainer()), {
        keyRing: ringOf(`test:${Buffer.alloc(32, 1).toString("base64")}`),
      })
    })

    function ringOf(text: string): ReturnType<typeof integrationConfig>["keyRing"] {
      const ring = parseKeyRing(text)
      return ring.ok ? ring.value : null
    }

    async function call(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
      const response = await fetch(world().baseUrl + path, {
        method,
        headers: { authorization, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      answers.push(`${[...response.headers].join()}\n${text}`)
      return { status: response.status, text }
    }

    it("are nowhere: not in a table, a log, a span, an answer or the output of a command", async () => {
      logs = listenToLogs(world().container)
      const key = randomBytes(32).toString("base64")
      const ring = ringOf(`canary:${key}`)
      Object.assign(integrationConfig(world().container), { keyRing: ring })
      const [token, second] = [newCanary("token").replace("ü", "u"), newCanary("second").replace("ü", "u")]
      const behaviour = { has_locations: false, compare_and_set: false }

      // Connect, after a refusal and a typing error.
      const channel = await world().openChannel({ token })
      const draft = {
        name: "Shop",
        connector_id: "simulator",
        settings: { base_url: channel.url, token, ...behaviour },
        sales_channel_id: world().shop.salesChannelIds[1],
        locations: world().shop.locationIds.map((stock_location_id) => ({ stock_location_id })),
        allowed_operations: CONNECTION_OPERATIONS,
      }
      expect(
        (await call("POST", "/admin/hub/connections", { ...draft, settings: { ...draft.settings, tokken: token } }))
          .status
      ).toBe(400)
      expect(
        (await call("POST", "/admin/hub/connections", { ...draft, settings: { ...draft.settings, token: second } }))
          .status
      ).toBe(400)
      const created = await call("POST", "/admin/hub/connections", draft)
      expect(created.status).toBe(201)
      const { id } = (JSON.parse(created.text) as { connection: { id: string } }).connection
      expect((await call("POST", `/admin/hub/connections/${id}/connect`, {})).status).toBe(202)
      expect((await call("POST", `/admin/hub/connections/${id}/write-mode`, { write_mode: "live" })).status).toBe(202)
      const webhookSecret = (await integrationConfig(world().container).readSecrets(id))[WEBHOOK_SECRET] ?? ""
      expect(webhookSecret).toMatch(/^whsec_/)

      // Push, fail in every way, take an order, be lied to.
      await world().drain()
      await world().setStock("MUG", 0, 9)
      await world().drain()
      for (const chaos of [
        { error_rate: 1 },
        { error_rate: 0, malformed_rate: 1 },
        { malformed_rate: 0, drop_answer_rate: 1 },
        { drop_answer_rate: 0, rate_limit_rate: 1 },
        { rate_limit_rate: 0 },
      ]) {
        await world().setStock("MUG", 0, 3)
        await fetch(`${channel.url}/control/settings`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ chaos }),
        })
        await world().query(
          "UPDATE hub_listing_state SET next_attempt_at = NULL, stale_version = stale_version + 1; UPDATE hub_lane SET not_before = NULL, breaker_state = 'closed'"
        )
        await world().drain()
      }
      await channel.order({ lines: [{ sku: "MUG", quantity: 1 }] })
      await world().ingest(1)
      const headers = {
        "webhook-id": "x",
        "webhook-timestamp": String(Math.floor(Date.now() / 1_000)),
        "webhook-signature": "v1,AAAA",
      }
      const forged = await fetch(`${world().baseUrl}/hooks/hub/${id}`, { method: "POST", headers, body: "{}" })
      answers.push(await forged.text())
      expect(forged.status).toBe(401)
      expect(await world().query('SELECT count(*)::int AS orders FROM "order"')).toEqual([{ orders: 1 }])

      // Refuse the credentials, enter others, rotate, lose the key.
      const refusing = await world().openChannel({ token: second })
      await world().query(
        "UPDATE hub_connection SET options = options || jsonb_build_object('base_url', CAST(:url AS text)), updated_at = clock_timestamp()",
        { url: refusing.url }
      )
      await world().setStock("MUG", 0, 5)
      await world().drain()
      expect(
        (await call("POST", `/admin/hub/connections/${id}/credentials`, { secrets: { token: newCanary("third") } }))
          .status
      ).toBe(400)
      expect(
        (await call("POST", `/admin/hub/connections/${id}/credentials`, { secrets: { token: second } })).status
      ).toBe(200)
      await world().drain()
      const commands = [
        "status",
        "why MUG",
        "doctor --json",
        "keys status",
        "keys rotate",
        "keys rotate --json",
        "audit --json",
        "sweep",
      ]
      for (const command of commands) {
        answers.push((await runHub(world(), command, ringOf(`canary:${key}`))).text)
      }
      for (const path of ["overview", "connections", "listings", "health", "runs", `connections/${id}/credentials`]) {
        expect((await call("GET", `/admin/hub/${path}`)).status).toBe(200)
      }
      Object.assign(integrationConfig(world().container), {
        keyRing: ringOf(`canary:${randomBytes(32).toString("base64")}`),
      })
      await world().query("UPDATE hub_connection SET updated_at = clock_timestamp()")
      await world().setStock("MUG", 0, 6)
      await world().drain()
      await reportKeys(world().container)
      expect((await call("POST", `/admin/hub/connections/${id}/credentials`, { secrets: { token } })).status).toBe(400)
      logs.stop()

      const canaries = {
        token,
        second,
        webhook: webhookSecret,
        "webhook bytes": webhookSecret.slice(6),
        key,
        "key bytes": Buffer.from(key, "base64").toString("hex"),
      }
      const database = await scanDatabase(world().sql, canaries)
      expect(database.leaks).toEqual([])
      expect({ tables: database.tables > 100, rows: database.rows > 100 }).toEqual({ tables: true, rows: true })
      expect(logs.lines.length).toBeGreaterThan(5)
      expect({ logs: logs.lines.filter((line) => findIn(line, canaries).length > 0) }).toEqual({ logs: [] })
      expect({ answers: answers.filter((answer) => findIn(answer, canaries).length > 0) }).toEqual({ answers: [] })
      if (spans.isInstalled) {
        const kinds = ["route handler: ", "workflow:", "step:", "query.graph", "pg."].map(
          (kind) => `${spans.kept.filter((span) => span.includes(kind)).length} ${kind}`
        )
        process.stdout.write(
          `secrets: looked through ${database.rows} rows of ${database.tables} tables, ${logs.lines.length} log lines, ` +
            `${answers.length} answers, ${spans.kept.length} spans (${kinds.join(", ")})\n`
        )
        expect(spans.kept.length).toBeGreaterThan(20)
        expect({ spans: spans.kept.filter((span) => findIn(span, canaries).length > 0) }).toEqual({ spans: [] })
      } else {
        process.stdout.write(
          `secrets: SPANS WERE NOT LOOKED AT, because tracing cannot be turned on here: ${spans.why}\n`
        )
      }
    })

    it("would be found: planted leaks in each of these places are", async () => {
      const secret = newCanary("planted")
      const canaries = { secret }
      const forms = [
        secret,
        Buffer.from(`user:${secret}`).toString("base64"),
        Buffer.from(secret).toString("base64url"),
        `https://x.test/?token=${encodeURIComponent(secret)}`,
        Buffer.from(secret).toString("hex"),
        JSON.stringify({ nested: { secret } }),
      ]
      for (const form of forms) {
        await world().query(
          "INSERT INTO hub_cursor (id, company_id, connection_id, kind, value) VALUES ('leak', 'c', 'c', 'k', :form)",
          { form }
        )
        expect((await scanDatabase(world().sql, canaries)).leaks).toEqual([
          { table: "public.hub_cursor", canary: "secret" },
        ])
        await world().query("DELETE FROM hub_cursor")
        expect(findIn(`before ${form} after`, canaries)).toEqual(["secret"])
      }
      expect((await scanDatabase(world().sql, canaries)).leaks).toEqual([])
      expect(findIn(forms.join().slice(0, 8), canaries)).toEqual([])

      logs = listenToLogs(world().container)
      world().container.resolve("logger").warn(`the token is ${secret}`)
      process.stderr.write(`past the logger: ${encodeURIComponent(secret)}\n`)
      logs.stop()
      expect(logs.lines.filter((line) => findIn(line, canaries).length > 0).length).toBeGreaterThanOrEqual(2)

      await new Tracer("hub-test").trace("hub.push", (span) => {
        span.setAttribute("url", `https://x.test/?token=${encodeURIComponent(secret)}`)
        span.end()
        return Promise.resolve()
      })
      expect(spans.kept.filter((span) => findIn(span, canaries).length > 0)).toHaveLength(spans.isInstalled ? 1 : 0)
    })
  })
