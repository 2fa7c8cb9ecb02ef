import { readdirSync } from "node:fs"
import { join } from "node:path"
import type { Migration } from "@medusajs/framework/mikro-orm/migrations"
import { pruneHistory } from "../../../src/engine/prune"
import { removeCapture } from "../../../src/modules/sync/capture/install-capture"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

export const MODULES = ["integration-config", "channel-mapping", "sync"] as const

type MigrationClass = new (...args: unknown[]) => Migration

/** SQL of a module's migrations, one way. */
export async function migrationSql(module: string, way: "up" | "down"): Promise<string[]> {
  const folder = join(__dirname, "../../../src/modules", module, "migrations")
  const statements: string[] = []
  const files = readdirSync(folder)
    .filter((name) => /^Migration\d+\.ts$/.test(name))
    .sort()
  for (const file of way === "up" ? files : files.reverse()) {
    const [Class] = Object.values((await import(join(folder, file))) as Record<string, MigrationClass>)
    const migration = Class ? new Class(null, null) : null
    await migration?.[way]()
    statements.push(...(migration?.getQueries() ?? []).map(String))
  }
  return statements
}

export const schemaCases = (medusa: MedusaSuite): void =>
  describe("schema", () => {
    const world = useWorld(medusa)

    it("has company_id NOT NULL in every hub table", async () => {
      const rows = await world().query<{ table_name: string }>(
        `SELECT t.table_name FROM information_schema.tables t
         WHERE t.table_schema = 'public' AND t.table_name LIKE 'hub\\_%' AND t.table_name <> 'hub_company'
           AND NOT EXISTS (SELECT 1 FROM information_schema.columns c
             WHERE c.table_name = t.table_name AND c.column_name = 'company_id' AND c.is_nullable = 'NO')`
      )
      expect(rows).toEqual([])
    })

    it("goes down to nothing and up again", async () => {
      const hubTables = async (): Promise<string[]> =>
        (
          await world().query<{ name: string }>(
            "SELECT tablename AS name FROM pg_tables WHERE tablename LIKE 'hub\\_%' ORDER BY 1"
          )
        ).map((row) => row.name)
      const before = await hubTables()
      expect(before.length).toBeGreaterThan(10)
      for (const module of [...MODULES].reverse()) {
        for (const statement of await migrationSql(module, "down")) {
          await world().query(statement)
        }
      }
      expect(await hubTables()).toEqual([])
      await expect(world().setStock("MUG", 0, 1)).resolves.toBeUndefined()
      for (const module of MODULES) {
        for (const statement of await migrationSql(module, "up")) {
          await world().query(statement)
        }
      }
      expect(await hubTables()).toEqual(before)
    })

    it("can be asked through query.graph along every link", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      await channel.order({ lines: [{ sku: "MUG", quantity: 1 }] })
      await world().ingest(1)
      const graph = world().container.resolve("query")
      const listings = await graph.graph({
        entity: "hub_listing",
        fields: ["external_sku", "product_variant.sku", "hub_connection.name", "hub_connection.sales_channel.name"],
        filters: { external_sku: "MUG" },
      })
      expect(listings.data).toMatchObject([
        {
          external_sku: "MUG",
          product_variant: { sku: "MUG" },
          hub_connection: { name: "One", sales_channel: { name: "One" } },
        },
      ])
      const states = await graph.graph({ entity: "hub_listing_state", fields: ["acked", "hub_listing.external_sku"] })
      expect(
        (states.data as { hub_listing: { external_sku: string } }[])
          .map((state) => state.hub_listing.external_sku)
          .sort()
      ).toEqual(["MUG", "SET", "TEA"])
      const locations = await graph.graph({
        entity: "hub_location_mapping",
        fields: ["external_location_id", "stock_location.name"],
      })
      expect(
        (locations.data as { stock_location: { name: string } }[]).map((mapping) => mapping.stock_location.name).sort()
      ).toEqual(["Berlin", "Lyon", "Rotterdam"])
      const references = await graph.graph({
        entity: "hub_external_reference",
        fields: ["external_id", "order.id", "internal_id"],
      })
      const [reference] = references.data as { internal_id: string; order: { id: string } }[]
      expect(reference?.order.id).toBe(reference?.internal_id)
      const variants = await graph.graph({
        entity: "product_variant",
        fields: ["sku", "hub_listings.external_id"],
        filters: { sku: "MUG" },
      })
      expect(variants.data).toMatchObject([{ sku: "MUG", hub_listings: [{ external_id: "L-MUG" }] }])
    })

    it("keeps explanations in daily partitions and drops those that are too old", async () => {
      await world().query(
        "CREATE TABLE hub_explanation_20200101 PARTITION OF hub_explanation FOR VALUES FROM ('2020-01-01') TO ('2020-01-02')"
      )
      // Nobody has pruned for a week, and today's rows went into the default partition.
      const [today] = await world().query<{ name: string }>(
        "SELECT 'hub_explanation_' || to_char(now() AT TIME ZONE 'utc', 'YYYYMMDD') AS name"
      )
      await world().sql.raw("DROP TABLE ??", [today?.name ?? ""])
      await world().query(
        `INSERT INTO hub_explanation (id, company_id, connection_id, listing_id, external_location_id, quantity, inputs, caused_at, computed_at)
         VALUES ('hexp_default', 'hcomp_default', 'c', 'l', '*', 1, '{}', now(), now())`
      )
      await pruneHistory(world().container)
      await pruneHistory(world().container)
      const partitions = await world().query<{ name: string }>(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'hub_explanation'::regclass ORDER BY 1"
      )
      const names = partitions.map((row) => row.name)
      expect(names).not.toContain("hub_explanation_20200101")
      expect(names).toContain("hub_explanation_default")
      expect(names.length).toBeGreaterThanOrEqual(8)
    })

    it("leaves Medusa's table as it was when capture is removed", async () => {
      await removeCapture(world().sql)
      const rest = await world().query(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'inventory_level'::regclass AND NOT tgisinternal AND tgname LIKE 'hub%'"
      )
      expect(rest).toEqual([])
    })
  })
