import { integrationConfig } from "../../../src/engine/connections"
import { reportKeys } from "../../../src/engine/keys/report-keys"
import { parseKeyRing, type KeyRing } from "../../../src/modules/integration-config/core/envelope"
import { describeKeys } from "../../../src/modules/integration-config/core/key-words"
import { loadKeyUses } from "../../../src/modules/integration-config/keys/load-key-uses"
import { rotateKeys } from "../../../src/modules/integration-config/keys/rotate-keys"
import type { Sql } from "../../../src/engine/sql"
import { TOKEN, type HubWorld } from "../../helpers/hub-world"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const entry = (id: string, fill: number): string => `${id}:${Buffer.alloc(32, fill).toString("base64")}`

function ringOf(...entries: readonly string[]): KeyRing {
  const ring = parseKeyRing(entries.join(","))
  if (!ring.ok) {
    throw new Error(ring.error.message)
  }
  return ring.value
}

/** The ring of `hub.spec.ts`. */
const PRESENT = ringOf(entry("test", 1))
const NEXT = ringOf(entry("next", 2), entry("test", 1))
const WRONG = ringOf(entry("test", 9))

/** What a deployment with other keys does, without the deployment. */
function useRing(world: HubWorld, ring: KeyRing | null): void {
  Object.assign(integrationConfig(world.container), { keyRing: ring })
}

/** The same database, with something that happens just before each statement of one kind. */
function before(sql: Sql, kind: string, happen: (bindings: string) => Promise<void>): Sql {
  const raw = async (statement: string, bindings: Record<string, string>): Promise<unknown> => {
    if (statement.includes(kind)) {
      await happen(JSON.stringify(bindings))
    }
    const result: unknown = await sql.raw(statement, bindings)
    return result
  }
  return new Proxy(sql, {
    get: (target, property): unknown => (property === "raw" ? raw : Reflect.get(target, property)),
  })
}

const credentialRows = (world: HubWorld): Promise<{ id: string; ciphertext: string; key_id: string }[]> =>
  world.query("SELECT id, ciphertext, key_id FROM hub_credential ORDER BY id")

export const keyCases = (medusa: MedusaSuite): void =>
  describe("keys", () => {
    const world = useWorld(medusa)

    afterEach(() => {
      Object.assign(integrationConfig(medusa.getContainer()), { keyRing: PRESENT })
    })

    async function storeMany(connectionId: string, count: number): Promise<Record<string, string>> {
      const secrets = Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, `value-${index}`]))
      await integrationConfig(world().container).setSecrets({ companyId: "hcomp_default", connectionId, secrets })
      return secrets
    }

    it("rotates in steps, goes on after it was broken off, and changes nothing when it runs twice at once", async () => {
      const secrets = await storeMany("hconn_many", 25)
      const breakOff = rotateKeys(world().sql, NEXT, {
        batch: 10,
        onBatch: (rotated) => {
          if (rotated >= 10) {
            throw new Error("killed")
          }
        },
      })
      await expect(breakOff).rejects.toThrow("killed")
      const half = await loadKeyUses(world().sql, NEXT)
      expect(half).toMatchObject([
        { keyId: "next", state: "good", credentialCount: 10, unreadable: [] },
        { keyId: "test", state: "good", credentialCount: 15, unreadable: [] },
      ])
      const reports = await Promise.all([
        rotateKeys(world().sql, NEXT, { batch: 4 }),
        rotateKeys(world().sql, NEXT, { batch: 7 }),
      ])
      expect(reports.reduce((sum, { rotated }) => sum + rotated, 0)).toBe(15)
      const done = await credentialRows(world())
      expect(await rotateKeys(world().sql, NEXT)).toEqual({ rotated: 0, overtaken: 0, unreadable: [] })
      expect(await credentialRows(world())).toEqual(done)
      expect(new Set(done.map((row) => row.key_id))).toEqual(new Set(["next"]))
      useRing(world(), ringOf(entry("next", 2)))
      expect(await integrationConfig(world().container).readSecrets("hconn_many")).toEqual(secrets)
    })

    it("lets a secret win that is stored between reading and rewriting", async () => {
      await storeMany("hconn_one", 3)
      useRing(world(), NEXT)
      const racing = before(world().sql, "UPDATE hub_credential", async (bindings) => {
        if (bindings.includes("opened")) {
          await integrationConfig(world().container).setSecrets({
            companyId: "hcomp_default",
            connectionId: "hconn_one",
            secrets: { s1: "newer" },
          })
        }
      })
      expect(await rotateKeys(racing, NEXT)).toEqual({ rotated: 2, overtaken: 1, unreadable: [] })
      useRing(world(), ringOf(entry("next", 2)))
      expect(await integrationConfig(world().container).readSecrets("hconn_one")).toEqual({
        s0: "value-0",
        s1: "newer",
        s2: "value-2",
      })
    })

    it("rotates under traffic: every number arrives, whichever key its credential is under", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      useRing(world(), NEXT)
      for (const onHand of [1, 2, 3]) {
        await world().setStock("MUG", 0, onHand)
        await Promise.all([world().drain(), rotateKeys(world().sql, NEXT, { batch: 1 })])
      }
      await world().drain()
      expect((await world().shown(channel))["L-MUG"]).toBe(8)
      await channel.order({ lines: [{ sku: "MUG", quantity: 1 }] })
      await world().ingest(1)
      expect((await world().shown(channel))["L-MUG"]).toBe(7)
    })

    it("with a wrong key sends nothing, overwrites nothing, parks the work, says so, and goes on by itself", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      const before = { rows: await credentialRows(world()), shown: await world().shown(channel) }
      useRing(world(), WRONG)
      await world().setStock("MUG", 0, 1)
      await world().drain()
      expect(await world().shown(channel)).toEqual(before.shown)
      expect(await world().query("SELECT state, state_reason FROM hub_connection")).toEqual([
        { state: "connected", state_reason: null },
      ])
      expect(
        await world().query("SELECT DISTINCT state FROM hub_listing_state WHERE stale_version > acked_version")
      ).toEqual([{ state: "pending" }])
      const service = integrationConfig(world().container)
      const overwrite = { companyId: "hcomp_default", connectionId: id, secrets: { token: "another" } }
      await expect(service.setSecrets(overwrite)).rejects.toMatchObject({ kind: "unsupported" })
      // Not even when told to: what this key would write, the right one could not read.
      await expect(service.setSecrets({ ...overwrite, replaceUnreadable: ["token"] })).rejects.toThrow(
        "first had this name"
      )
      await expect(rotateKeys(world().sql, WRONG)).rejects.toThrow("first had this name")
      await expect(service.assertCanStoreSecrets()).rejects.toThrow("first had this name")
      expect(await credentialRows(world())).toEqual(before.rows)

      expect(await reportKeys(world().container)).toBe(1)
      const issues = await world().query<{ code: string; severity: string; message: string }>(
        "SELECT code, severity, message FROM hub_issue WHERE resolved_at IS NULL"
      )
      expect(issues).toMatchObject([{ code: "credentials-unreadable", severity: "critical" }])
      expect(issues[0]?.message).toContain("2 secrets cannot be read")

      useRing(world(), PRESENT)
      expect(await reportKeys(world().container)).toBe(0)
      expect(await world().query("SELECT 1 FROM hub_issue WHERE resolved_at IS NULL")).toEqual([])
      await world().query("UPDATE hub_connection SET updated_at = clock_timestamp()")
      await world().drain()
      expect((await world().shown(channel))["L-MUG"]).toBe(6)
    })

    it("asks before it gives up a secret whose key is lost, and takes another one", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      const before = await credentialRows(world())
      useRing(world(), ringOf(entry("next", 2)))
      expect(describeKeys(await loadKeyUses(world().sql, ringOf(entry("next", 2))))).toMatchObject([
        { keyId: "test", connectionIds: [id] },
      ])
      const token = await world().login()
      const post = (body: unknown): Promise<Response> =>
        fetch(`${world().baseUrl}/admin/hub/connections/${id}/credentials`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify(body),
        })
      const refused = await post({ secrets: { token: TOKEN } })
      expect(refused.status).toBe(400)
      expect(await refused.text()).toContain('key \\"test\\" is not in encryption_keys')
      expect(await credentialRows(world())).toEqual(before)
      const wrongToken = await post({ secrets: { token: "nonsense" }, replace_unreadable: ["token", "webhook_secret"] })
      expect(wrongToken.status).toBe(400)
      expect(await credentialRows(world())).toEqual(before)

      const taken = await post({ secrets: { token: TOKEN }, replace_unreadable: ["token", "webhook_secret"] })
      expect(taken.status).toBe(200)
      const text = await taken.text()
      expect(JSON.parse(text)).toMatchObject({
        credentials: [
          { name: "token", key_id: "next", is_readable: true },
          { name: "webhook_secret", key_id: "next", is_readable: true },
        ],
      })
      expect(text).not.toContain(TOKEN.slice(-4))
      await world().setStock("MUG", 0, 1)
      await world().drain()
      expect((await world().shown(channel))["L-MUG"]).toBe(6)
    })
  })
