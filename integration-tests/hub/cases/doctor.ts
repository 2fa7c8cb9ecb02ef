import { installCapture } from "../../../src/modules/sync/capture/install-capture"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { integrationConfig } from "../../../src/engine/connections"
import { DOCTOR_CHECKS } from "../../../src/engine/doctor/checks"
import { runDoctor, type DoctorReport } from "../../../src/engine/doctor/run-doctor"
import type { HubHealthResponse } from "../../../src/types/http/hub"
import type { HubWorld } from "../../helpers/hub-world"
import { runHub } from "../../helpers/run-hub"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const LIMITS = { deadlineMs: 20_000, statementMs: 10_000, atOnce: 2 }

const examine = (world: HubWorld): Promise<DoctorReport> =>
  runDoctor(
    DOCTOR_CHECKS,
    {
      sql: world.sql,
      ring: integrationConfig(world.container).keyRing,
      wantsCapture: true,
      processNow: () => Date.now(),
    },
    LIMITS
  )

/** What is not well, by check. */
const troubles = (report: DoctorReport): Record<string, string> =>
  Object.fromEntries(
    report.checks
      .filter(({ status }) => status !== "ok")
      .map(({ id, findings, note }) => [id, findings.map(({ what }) => what).join(" ") || `unknown: ${note ?? ""}`])
  )

const worker = (id: string, over: { seen?: string; lock?: string; version?: string } = {}): string => `
  INSERT INTO hub_worker (id, host, pid, started_at, seen_at, lock_provider, version)
  VALUES ('${id}', 'box', 7, now(), ${over.seen ?? "now() + interval '1 hour'"}, '${over.lock ?? "locking-postgres"}', '${over.version ?? "1"}')
  ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, lock_provider = excluded.lock_provider`

const message = (id: string, state: string, more: string): string => `
  INSERT INTO hub_inbox_event (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state, ${more.split("=")[0] ?? ""})
  VALUES ('${id}', 'hcomp_default', 'c', '${id}', 'order', 'k', '{}', now(), now(), '${state}', ${more.split("=")[1] ?? ""})`

const LEVEL = "(SELECT min(id) FROM inventory_level WHERE deleted_at IS NULL)"

/** Trouble in SQL → which check must tell of it, in these words. Nothing else may change. */
const PLANTS: readonly (readonly [check: string, words: RegExp, sql: string, also?: string])[] = [
  [
    "schema",
    /1 of \d+ migrations have not run/,
    "DELETE FROM mikro_orm_migrations WHERE name = 'Migration20261121102726'",
  ],
  ["workers", /No worker is alive/, "UPDATE hub_worker SET seen_at = now() - interval '1 minute'"],
  ["workers", /2 workers share this database, but 1 of them/, worker("w2", { lock: "locking-in-memory" })],
  [
    "keys",
    /1 secret cannot be read although/,
    "UPDATE hub_credential SET ciphertext = ciphertext || 'A' WHERE name = 'token'",
  ],
  ["keys", /not the key that first had this name/, "UPDATE hub_key_check SET ciphertext = 'v1.test.AA.AA.AA'"],
  [
    "connections",
    /One is parked: needs-reauthorisation \(token\)/,
    "UPDATE hub_connection SET state = 'needs-reauthorisation', state_reason = 'token'",
  ],
  ["capture", /not on the stock table/, "DROP TRIGGER hub_capture_stock_delete ON inventory_level"],
  [
    "capture",
    /switched the capture trigger off/,
    "ALTER TABLE inventory_level DISABLE TRIGGER hub_capture_stock_update",
  ],
  [
    "capture",
    /another version/,
    "COMMENT ON TRIGGER hub_capture_stock_insert ON inventory_level IS 'medusa-stock-hub capture v0'",
  ],
  [
    "backlog",
    /1 captured stock change waits to be marked, the oldest for 3 min/,
    "INSERT INTO hub_stock_change (inventory_item_id, location_id, caused_at) VALUES ('i', 'l', now() - interval '3 minutes')",
  ],
  [
    "pending",
    /One: 3 numbers did not get through, the oldest for 10 min/,
    "UPDATE hub_listing_state SET stale_version = stale_version + 1, stale_since = now() - interval '10 minutes', state = 'pending'",
  ],
  [
    "leases",
    /3 listings belong to a worker that died/,
    "UPDATE hub_listing_state SET recheck_at = now(), lease_token = 't', lease_until = now() - interval '1 hour'",
  ],
  [
    "leases",
    /1 message belongs to a worker that died/,
    message("m", "accepted", "lease_token, lease_until='t', now() - interval '1 hour'"),
  ],
  ["inbox", /1 message of channels could not be worked on/, message("m", "failed", "error='no'")],
  ["inbox", /1 message failed 5 times or more/, message("m", "accepted", "attempts=9")],
  [
    "runs",
    /1 run said to be running/,
    "INSERT INTO hub_run (id, company_id, kind, state, updated_at, started_at) VALUES ('r', 'hcomp_default', 'sweep', 'running', now() - interval '1 hour', now())",
  ],
  [
    "runs",
    /1 run waiting to be taken up/,
    "INSERT INTO hub_run (id, company_id, kind, state, created_at) VALUES ('r', 'hcomp_default', 'sweep', 'queued', now() - interval '1 hour')",
  ],
  [
    "ticks",
    /sweep-hub-stock should run every 60 s and last ran/,
    "UPDATE hub_tick SET window_start = now() - interval '10 minutes' WHERE name = 'sweep-hub-stock'; UPDATE hub_worker SET started_at = now() - interval '1 hour'",
  ],
  [
    "listings",
    /1 listing linked to a variant that was deleted/,
    "UPDATE product_variant SET deleted_at = now() WHERE sku = 'TEA'",
  ],
  [
    "locations",
    /1 location mapping to a stock location that was deleted/,
    "UPDATE stock_location SET deleted_at = now() WHERE id = (SELECT min(stock_location_id) FROM hub_location_mapping)",
    "levels",
  ],
  [
    "twins",
    /1 stock level where the stocked quantity and its exact twin/,
    `UPDATE inventory_level SET stocked_quantity = stocked_quantity + 1 WHERE id = ${LEVEL}`,
  ],
  [
    "twins",
    /1 stock level where the reserved quantity and its exact twin/,
    `UPDATE inventory_level SET raw_reserved_quantity = '{"value": "x"}' WHERE id = ${LEVEL}`,
  ],
  [
    "levels",
    /1 stock level whose reserved quantity is not the sum/,
    `UPDATE inventory_level SET reserved_quantity = 1, raw_reserved_quantity = '{"value": "1"}' WHERE id = ${LEVEL}`,
  ],
  [
    "levels",
    /1 stock level with a quantity below zero/,
    `UPDATE inventory_level SET stocked_quantity = -1, raw_stocked_quantity = '{"value": "-1"}' WHERE id = ${LEVEL}`,
  ],
  [
    "partitions",
    /2 daily partitions missing/,
    "DO $$ BEGIN FOR day IN 0..1 LOOP EXECUTE 'ALTER TABLE hub_explanation DETACH PARTITION hub_explanation_' || to_char((now() AT TIME ZONE 'utc')::date + day, 'YYYYMMDD'); END LOOP; END $$",
  ],
  [
    "partitions",
    /1 partition older/,
    "CREATE TABLE hub_explanation_20200101 PARTITION OF hub_explanation FOR VALUES FROM ('2020-01-01') TO ('2020-01-02')",
  ],
]

export const doctorCases = (medusa: MedusaSuite): void =>
  describe("doctor", () => {
    const world = useWorld(medusa)

    beforeEach(async () => {
      await installCapture(medusa.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION))
      const channel = await world().openChannel()
      await world().connect(channel)
      // What worked through this far does not count as a worker.
      await world().query("DELETE FROM hub_worker")
      await world().query(worker("w1"))
      await world().query(
        `INSERT INTO hub_tick (id, name, window_start)
         SELECT name, name, now() FROM unnest(ARRAY['sweep-hub-stock', 'poll-hub-orders', 'reconcile-hub-stock', 'audit-hub-explanations']) AS name`
      )
    })

    it("finds nothing wrong with a shop that works, and says how long it took", async () => {
      const report = await examine(world())
      expect(troubles(report)).toEqual({})
      expect(report.status).toBe("ok")
      expect(report.checks.map(({ id }) => id).sort()).toEqual(DOCTOR_CHECKS.map(({ id }) => id).sort())
    })

    it("finds each of its troubles, in words, and nothing else", async () => {
      for (const [check, words, sql, also] of PLANTS) {
        await world()
          .sql.transaction(async (transaction) => {
            const planted = Object.create(world(), { sql: { value: transaction } }) as HubWorld
            await transaction.raw(sql.replaceAll("?", "\\?"))
            const found = troubles(
              await runDoctor(
                DOCTOR_CHECKS,
                {
                  sql: transaction,
                  ring: integrationConfig(planted.container).keyRing,
                  wantsCapture: true,
                  processNow: () => Date.now(),
                },
                { ...LIMITS, atOnce: 1 }
              )
            )
            expect({ [check]: found[check] }).toEqual({ [check]: expect.stringMatching(words) })
            expect(Object.keys(found).filter((id) => id !== check)).toEqual(also ? [also] : [])
            await transaction.rollback()
          })
          .catch((error: unknown) => {
            if (!(error instanceof Error && error.message.includes("Transaction rejected"))) {
              throw error
            }
          })
      }
    })

    it("repairs only when asked, says what it is about to do, and then finds nothing", async () => {
      await world().query("DROP TRIGGER hub_capture_stock_delete ON inventory_level")
      await world().query(
        "CREATE TABLE hub_explanation_20200101 PARTITION OF hub_explanation FOR VALUES FROM ('2020-01-01') TO ('2020-01-02')"
      )
      const ring = integrationConfig(world().container).keyRing
      const asked = await runHub(world(), "doctor", ring)
      expect(asked.code).toBe(1)
      expect(asked.text).toContain("! Every change of stock is noticed inside the database [capture]")
      expect(troubles(await examine(world()))).toMatchObject({
        capture: expect.anything(),
        partitions: expect.anything(),
      })
      const fixed = await runHub(world(), "doctor --fix", ring)
      expect(fixed.text).toMatch(/Fixing capture: install the capture trigger/)
      expect(fixed.text).toMatch(/Made 0 partitions, dropped 1\./)
      expect(fixed.code).toBe(0)
      const json = await runHub(world(), "doctor --only capture --json", ring)
      expect(JSON.parse(json.text)).toMatchObject({ status: "ok", checks: [{ id: "capture", status: "ok" }] })
      expect((await runHub(world(), "doctor --only nonsense")).code).toBe(2)
    })

    it("answers the health route within three seconds, to nobody but an admin", async () => {
      expect((await fetch(`${world().baseUrl}/admin/hub/health`)).status).toBe(401)
      const authorization = `Bearer ${await world().login()}`
      const begun = performance.now()
      const response = await fetch(`${world().baseUrl}/admin/hub/health`, { headers: { authorization } })
      const health = (await response.json()) as HubHealthResponse
      expect(performance.now() - begun).toBeLessThan(3_000)
      expect(troubles(health)).toEqual({})
      await world().query("UPDATE hub_worker SET seen_at = now() - interval '1 hour'")
      const down = await fetch(`${world().baseUrl}/admin/hub/health`, { headers: { authorization } })
      expect(await down.json()).toMatchObject({ status: "down" })
    })

    it("says unknown of what it cannot ask in time, instead of waiting or failing", async () => {
      const blocker = await world().sql.transaction()
      try {
        await blocker.raw("LOCK TABLE hub_inbox_event IN ACCESS EXCLUSIVE MODE")
        const begun = performance.now()
        const report = await runDoctor(
          DOCTOR_CHECKS,
          { sql: world().sql, ring: null, wantsCapture: true, processNow: () => Date.now() },
          { deadlineMs: 2_400, statementMs: 400, atOnce: 3 }
        )
        expect(performance.now() - begun).toBeLessThan(3_000)
        const byId = Object.fromEntries(report.checks.map((check) => [check.id, check]))
        expect(byId.inbox).toMatchObject({ status: "unknown", note: "It took too long to ask." })
        expect(byId.capture).toMatchObject({ status: "ok" })
      } finally {
        await blocker.rollback()
      }
    })
  })
