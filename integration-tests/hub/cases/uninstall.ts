import { planUninstall } from "../../../src/engine/uninstall/plan-uninstall"
import { installCapture } from "../../../src/modules/sync/capture/install-capture"
import { withPlainMedusa } from "../../helpers/plain-medusa"
import { runHub } from "../../helpers/run-hub"
import { dumpSchema } from "../../helpers/schema-dump"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"
import { migrationSql, MODULES } from "./schema"

export const uninstallCases = (medusa: MedusaSuite): void =>
  describe("uninstall", () => {
    const world = useWorld(medusa)

    /** The other cases need the hub again. */
    async function installAgain(migrations: readonly { name: string }[]): Promise<void> {
      for (const module of MODULES) {
        for (const statement of await migrationSql(module, "up")) {
          await world().query(statement.replaceAll("?", "\\?"))
        }
      }
      for (const { name } of migrations) {
        await world().query(
          "INSERT INTO mikro_orm_migrations (name, executed_at) SELECT :name, now() WHERE NOT EXISTS (SELECT 1 FROM mikro_orm_migrations WHERE name = :name)",
          { name }
        )
      }
      await installCapture(world().sql)
    }

    it("leaves a used database as if the hub had never been there; a function left behind would be seen", async () => {
      const plain = await withPlainMedusa(dumpSchema)
      const channel = await world().openChannel()
      await world().connect(channel)
      await channel.order({ lines: [{ sku: "MUG", quantity: 1 }] })
      await world().ingest(1)
      await installCapture(world().sql)
      const migrations = await world().query<{ name: string }>("SELECT name FROM mikro_orm_migrations ORDER BY id")
      const used = await dumpSchema(world().sql)
      expect(used).not.toEqual(plain)

      const asked = await runHub(world(), "uninstall")
      expect(asked.code).toBe(3)
      expect(asked.text).toContain("trigger   hub_capture_stock_insert on inventory_level")
      expect(asked.text).toContain("table     hub_listing_state")
      expect(asked.text).toContain("Nothing was done. To do it: hub uninstall --yes")
      expect(await dumpSchema(world().sql)).toEqual(used)

      await world().query(
        "INSERT INTO hub_worker (id, host, pid, started_at, seen_at, version) VALUES ('w', 'box', 7, now(), now(), '1')"
      )
      const refused = await runHub(world(), "uninstall --yes")
      expect(refused).toMatchObject({ code: 3, text: expect.stringContaining("A worker is alive (box:7)") })
      expect(await dumpSchema(world().sql)).toEqual(used)

      try {
        const done = await runHub(world(), "uninstall --yes --force")
        expect(done.code).toBe(0)
        const after = await dumpSchema(world().sql)
        for (const [part, lines] of Object.entries(plain)) {
          expect({ [part]: after[part] }).toEqual({ [part]: lines })
        }
        // What channels sold stays sold.
        expect(await world().query('SELECT count(*)::int AS orders FROM "order"')).toEqual([{ orders: 1 }])
        await world().setStock("MUG", 0, 1)

        await world().query(
          "CREATE FUNCTION hub_capture_stock_insert() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        )
        expect(await dumpSchema(world().sql)).not.toEqual(plain)
        expect(await planUninstall(world().sql)).toMatchObject({
          functions: ["hub_capture_stock_insert()"],
          tables: [],
        })
        expect((await runHub(world(), "uninstall --yes")).code).toBe(0)
        expect(await dumpSchema(world().sql)).toEqual(plain)
        expect((await runHub(world(), "uninstall")).text).toBe("There is nothing of the hub in this database.")
      } finally {
        await installAgain(migrations)
      }
    })

    it("takes nothing away when something of somebody else hangs on it, and never another plugin's table", async () => {
      await world().query("CREATE VIEW my_report AS SELECT id FROM hub_issue")
      await world().query("CREATE TABLE hub_spoke_of_somebody (id text)")
      try {
        const before = await dumpSchema(world().sql)
        await expect(runHub(world(), "uninstall --yes")).rejects.toThrow(/my_report|other objects depend/)
        expect(await dumpSchema(world().sql)).toEqual(before)
        expect((await planUninstall(world().sql)).tables.map(({ name }) => name)).not.toContain("hub_spoke_of_somebody")
      } finally {
        await world().query("DROP VIEW my_report")
        await world().query("DROP TABLE hub_spoke_of_somebody")
      }
    })
  })
