import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { auditNightly } from "../../../src/engine/audit/report-audit"
import { Dispatcher } from "../../../src/engine/dispatcher"
import { requestRun } from "../../../src/engine/runs/request-run"
import { installCapture, readCaptureStatus } from "../../../src/modules/sync/capture/install-capture"
import { DEFAULT_ENGINE_OPTIONS } from "../../../src/types/options"
import type { HubWhy } from "../../../src/types/http/hub"
import type { HubWorld } from "../../helpers/hub-world"
import { runHub } from "../../helpers/run-hub"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const REPO = join(__dirname, "../../..")

const HUB = join(REPO, "bin/hub.js")

/** The environment of a person who knows nothing but the database. */
async function environmentOf(world: HubWorld): Promise<NodeJS.ProcessEnv> {
  const { DB_USERNAME = "", DB_PASSWORD = "", DB_HOST = "", DB_PORT = "" } = process.env
  const [database] = await world.query<{ name: string }>("SELECT current_database() AS name")
  const url = `postgres://${encodeURIComponent(DB_USERNAME)}:${encodeURIComponent(DB_PASSWORD)}@${DB_HOST}:${DB_PORT}/${database?.name ?? ""}`
  return { ...process.env, DATABASE_URL: url, NODE_OPTIONS: "" }
}

/** The command as a person calls it: another process. */
async function spawnHub(world: HubWorld, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = await environmentOf(world)
  return new Promise((resolve) => {
    execFile(process.execPath, [HUB, ...args], { cwd: REPO, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

export const commandLineCases = (medusa: MedusaSuite): void =>
  describe("command line", () => {
    const world = useWorld(medusa)

    async function withWorker<Answer>(work: () => Promise<Answer>): Promise<Answer> {
      const engine = new Dispatcher(world().container, { ...DEFAULT_ENGINE_OPTIONS, poll_interval_ms: 25 })
      engine.start()
      try {
        await world().until(async () => (await world().query("SELECT 1 FROM hub_worker")).length > 0)
        return await work()
      } finally {
        await engine.stop()
      }
    }

    it("explains the number of a past moment, and fails loudly when it does not come out again", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const [then] = await world().query<{ at: string }>("SELECT to_json(clock_timestamp()) #>> '{}' AS at")
      await world().setStock("MUG", 0, 3)
      await world().drain()
      const explained = async (line: string): Promise<{ code: number; quantity: number | undefined }> => {
        const { code, text } = await runHub(world(), line)
        return { code, quantity: (JSON.parse(text) as HubWhy[])[0]?.explanation?.quantity }
      }
      expect(await explained("why MUG --json")).toEqual({ code: 0, quantity: 8 })
      expect(await explained(`why MUG --at ${then?.at ?? ""} --json`)).toEqual({ code: 0, quantity: 17 })
      expect((await runHub(world(), "why MUG --at 2020-01-01")).text).toContain(
        "Nothing had been sent at 2020-01-01T00:00:00.000Z"
      )
      await expect(runHub(world(), "why MUG --at yesterday")).rejects.toThrow("--at takes a time like")
      await expect(runHub(world(), "why MUGG")).rejects.toThrow('No linked listing has the SKU "MUGG"')

      await world().query("UPDATE hub_explanation SET quantity = 18 WHERE quantity = 17")
      expect(await explained("why MUG --json")).toEqual({ code: 0, quantity: 8 })
      const broken = await runHub(world(), `why MUG --at ${then?.at ?? ""}`)
      expect(broken.code).toBe(1)
      expect(broken.text).toContain("! recomputing from what was stored does NOT give 18")
    })

    it("audits what was sent, by hand and once a night, and raises one critical issue with the ids", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const fine = await runHub(world(), "audit --json --seed 7")
      expect({ code: fine.code, report: JSON.parse(fine.text) as unknown }).toEqual({
        code: 0,
        // Of each number a preview and the one that was sent.
        report: { seed: 7, explanations: 6, acknowledged: 3, unsupported: 0, mismatches: [] },
      })
      await world().query("UPDATE hub_explanation SET quantity = 18 WHERE quantity = 17 AND outcome = 'accepted'")
      const [wrong] = await world().query<{ id: string }>("SELECT id FROM hub_explanation WHERE quantity = 18")
      const nights = await Promise.all([
        auditNightly(world().sql),
        auditNightly(world().sql),
        auditNightly(world().sql),
      ])
      expect(nights.filter((night) => night !== null)).toMatchObject([
        { mismatches: [{ kind: "explanation", explanation_id: wrong?.id, stored: 18, recomputed: 17 }] },
      ])
      const issues = await world().query<{ severity: string; code: string; message: string; occurrence_count: number }>(
        "SELECT severity, code, message, occurrence_count FROM hub_issue WHERE resolved_at IS NULL"
      )
      expect(issues).toMatchObject([{ severity: "critical", code: "explanation-mismatch", occurrence_count: 1 }])
      expect(issues[0]?.message).toContain(wrong?.id)
      expect((await runHub(world(), "audit --sample 10")).code).toBe(1)
      expect((await runHub(world(), "audit --sample 0")).code).toBe(2)
    })

    it("takes an older explanation for a number that turned out right before the newest was sent", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      await world().query(
        `INSERT INTO hub_explanation (id, company_id, connection_id, listing_id, external_location_id, quantity, inputs, caused_at, computed_at, outcome)
         SELECT 'hexp_unsent', e.company_id, e.connection_id, e.listing_id, e.external_location_id, 16,
           replace(e.inputs::text, '12/0', '11/0')::jsonb, now(), now(), 'not-sent'
         FROM hub_explanation e JOIN hub_listing l ON l.id = e.listing_id WHERE l.external_sku = 'MUG' AND e.outcome = 'accepted'`
      )
      await world().query(
        "UPDATE hub_listing_state s SET explanation_id = 'hexp_unsent', observed = NULL FROM hub_listing l WHERE l.id = s.listing_id AND l.external_sku = 'MUG'"
      )
      expect((await runHub(world(), "audit --json")).code).toBe(0)
      await world().query("UPDATE hub_explanation SET quantity = 15 WHERE quantity = 17")
      expect((await runHub(world(), "audit --json")).text).toContain(
        "The channel accepted 17, the hub wants 17, and the explanation says 16."
      )
    })

    it("sweeps without a worker and says that nobody is there to send", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      await world().query("DELETE FROM hub_worker")
      const swept = await runHub(world(), "sweep --json")
      expect(swept.code).toBe(3)
      expect(JSON.parse(swept.text)).toMatchObject({ marked: { One: 3 }, pending: 3, worker_alive: false })
      expect((await runHub(world(), "sweep One")).text).toContain("No worker is alive")
      await expect(runHub(world(), "sweep Nowhere")).rejects.toThrow('There is no connection "Nowhere"')
      await world().drain()
      expect(await world().query("SELECT 1 FROM hub_listing_state WHERE state <> 'in-sync'")).toEqual([])
    })

    it("pushes one article, reconciles a channel and follows the run to its end", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      await withWorker(async () => {
        const before = await channel.get<{ writes: unknown[] }>("/control/writes")
        const pushed = await runHub(world(), "push MUG --connection One")
        expect(pushed.text).toMatch(/sync-single on One: succeeded, 1 done, 0 skipped, 0 failed of 1/)
        expect(pushed.code).toBe(0)
        const after = await channel.get<{ writes: unknown[] }>("/control/writes")
        expect(after.writes.length).toBe(before.writes.length + 1)
        const reconciled = await runHub(world(), "reconcile One --json")
        expect(JSON.parse(reconciled.text)).toMatchObject({
          run: { kind: "reconcile", state: "succeeded", total_count: 3 },
        })
        expect(reconciled.code).toBe(0)
      })
      await expect(runHub(world(), "push NOPE")).rejects.toThrow('No linked listing has the SKU "NOPE"')
      const list = await runHub(world(), "runs")
      expect(list.text).toContain("sync-single")

      await world().query("DELETE FROM hub_worker")
      const waiting = await runHub(world(), "push TEA")
      expect(waiting).toMatchObject({
        code: 3,
        text: expect.stringMatching(/No worker is alive, so run hrun_\w+ waits/),
      })
      const asked = await runHub(world(), "push TEA --no-wait --json")
      const { run_id: runId } = JSON.parse(asked.text) as { run_id: string }
      expect((await runHub(world(), `runs cancel ${runId}`)).code).toBe(0)
      expect((await runHub(world(), `runs cancel ${runId}`)).code).toBe(1)
      expect((await runHub(world(), `runs show ${runId}`)).text).toContain("sync-single: cancelled")
      expect((await runHub(world(), "runs show")).code).toBe(2)
      await requestRun(world().sql, { kind: "sync-all", connectionId: id, scope: {}, requestedBy: "test" })
    })

    it("installs and removes capture", async () => {
      expect((await runHub(world(), "capture remove")).code).toBe(0)
      expect(await readCaptureStatus(world().sql)).toBe("absent")
      expect((await runHub(world(), "capture status --json")).code).toBe(1)
      expect((await runHub(world(), "capture install")).code).toBe(0)
      expect(await readCaptureStatus(world().sql)).toBe("installed")
      await installCapture(world().sql)
    })

    it("starts a fake channel that sells the shop's own articles, until Ctrl-C", async () => {
      await world().setStock("MUG", 0, 3)
      const child = spawn(process.execPath, [HUB, "simulator", "--port", "0"], {
        cwd: REPO,
        env: await environmentOf(world()),
      })
      let text = ""
      child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()))
      await world().until(() => Promise.resolve(text.includes("Ctrl-C stops it.")))
      const [, url = ""] = /Address {2}(\S+)/.exec(text) ?? []
      const [, token = ""] = /Token {4}(\S+)/.exec(text) ?? []
      const listings = await fetch(`${url}/v1/listings`, { headers: { authorization: `Bearer ${token}` } })
      expect(JSON.stringify(await listings.json())).toContain('"MUG"')
      const state = (await (await fetch(`${url}/control/state`)).json()) as { stock: { quantity: number }[] }
      expect(state.stock.some(({ quantity }) => quantity > 0)).toBe(true)
      child.kill("SIGINT")
      expect(await once(child, "exit")).toEqual([0, null])
    })

    it("works as a process of its own, on the database alone, and tells a script how it went", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const status = await spawnHub(world(), "status", "--json")
      expect(JSON.parse(status.out)).toMatchObject({ connections: [{ name: "One", in_sync_count: 3 }] })
      const rotated = await spawnHub(world(), "keys", "rotate", "--json")
      expect({ code: rotated.code, report: JSON.parse(rotated.out) as unknown }).toMatchObject({
        code: 0,
        report: { rotated: 0 },
      })
      const codes = await Promise.all([
        spawnHub(world(), "nonsense"),
        spawnHub(world(), "why"),
        spawnHub(world(), "why", "NOPE"),
        spawnHub(world(), "uninstall"),
        spawnHub(world(), "doctor", "--help"),
      ])
      expect(codes.map(({ code }) => code)).toEqual([2, 2, 1, 3, 0])
      expect(codes[2].err).toContain('hub: No linked listing has the SKU "NOPE"')
    })
  })
