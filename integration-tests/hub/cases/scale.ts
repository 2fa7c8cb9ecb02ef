import { claimRows } from "../../../src/engine/lane/claim-rows"
import { drainStockChanges } from "../../../src/engine/mark"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const LISTINGS = 100_000

interface PlanNode {
  readonly "Node Type": string
  readonly "Relation Name"?: string
  readonly "Index Name"?: string
  readonly Plans?: readonly PlanNode[]
}

const nodes = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

export const scaleCases = (medusa: MedusaSuite): void =>
  describe("with 100,000 listings", () => {
    const world = useWorld(medusa)

    /** Pending in one of a hundred, linked to the three variants of the shop, on four connections. */
    async function fill(): Promise<void> {
      await world().query(`
        INSERT INTO hub_connection (id, company_id, name, connector_id, state, options, quantity_rule, allowed_operations)
        SELECT 'hconn_' || n, 'hcomp_default', 'Channel ' || n, 'simulator', 'connected', '{}', '{}', '{read-stock,write-stock}' FROM generate_series(1, 4) n`)
      await world().query(
        `INSERT INTO hub_location_mapping (id, company_id, connection_id, stock_location_id, external_location_id)
         SELECT 'hlmap_' || n, 'hcomp_default', 'hconn_' || n, :location, '*' FROM generate_series(1, 4) n`,
        { location: world().shop.locationIds[0] ?? "" }
      )
      await world().query(
        `INSERT INTO product_variant (id, title, sku, manage_inventory, product_id)
         SELECT 'variant_bulk_' || n, 'Bulk', 'BULK-' || n, true, (SELECT id FROM product LIMIT 1) FROM generate_series(1, 25000) n`
      )
      await world().query(
        `INSERT INTO inventory_item (id, sku) SELECT 'iitem_bulk_' || n, 'BULK-' || n FROM generate_series(1, 25000) n`
      )
      await world().query(
        `INSERT INTO product_variant_inventory_item (id, variant_id, inventory_item_id, required_quantity)
         SELECT 'pvitem_bulk_' || n, 'variant_bulk_' || n, 'iitem_bulk_' || n, 1 FROM generate_series(1, 25000) n`
      )
      await world().query(
        `INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, title, variant_id, link_state, pack_size)
         SELECT 'hlst_' || n, 'hcomp_default', 'hconn_' || (1 + n % 4), 'X-' || n, 'BULK-' || (1 + n / 4), 'Bulk', 'variant_bulk_' || (1 + n / 4), 'linked', 1
         FROM generate_series(0, ${LISTINGS - 1}) n`
      )
      await world().query(
        `INSERT INTO hub_listing_state (id, company_id, connection_id, listing_id, external_location_id, stale_version, acked_version, state)
         SELECT 'hlss_' || n, 'hcomp_default', 'hconn_' || (1 + n % 4), 'hlst_' || n, '*', 2, CASE WHEN n % 100 < 4 THEN 1 ELSE 2 END,
           CASE WHEN n % 100 < 4 THEN 'pending' ELSE 'in-sync' END FROM generate_series(0, ${LISTINGS - 1}) n`
      )
      await world().query("ANALYZE hub_listing_state")
      await world().query("ANALYZE hub_listing")
    }

    it("claims by the index of pending rows and marks by keys, without reading a whole table", async () => {
      await fill()
      const { rows } = await world().sql.raw<{ rows: { "QUERY PLAN": [{ Plan: PlanNode }] }[] }>(
        `EXPLAIN (FORMAT JSON) SELECT s.id FROM hub_listing_state s WHERE s.connection_id = 'hconn_1' AND s.deleted_at IS NULL
           AND (s.stale_version > s.acked_version OR s.recheck_at IS NOT NULL)
           AND (s.stale_version > s.acked_version OR s.recheck_at <= now())
         ORDER BY s.priority DESC, s.stale_since NULLS FIRST LIMIT 100 FOR UPDATE SKIP LOCKED`
      )
      const plan = rows[0]?.["QUERY PLAN"][0].Plan
      expect(plan ? nodes(plan).map((node) => node["Index Name"]) : []).toContain("IDX_hub_listing_state_pending")

      const claim = await claimRows(world().sql, {
        connectionId: "hconn_1",
        limit: 250,
        token: "t",
        leaseMs: 60_000,
        lateApplyWindowMs: 0,
      })
      expect(claim.rows).toHaveLength(250)

      await world().query("DELETE FROM hub_stock_change")
      await world().query(
        `INSERT INTO hub_stock_change (inventory_item_id, location_id) SELECT 'iitem_bulk_' || n, :location FROM generate_series(1, 3000) n`,
        { location: world().shop.locationIds[0] ?? "" }
      )
      const begin = performance.now()
      expect(await drainStockChanges(world().sql)).toBe(3_000)
      // Not a benchmark: a plan that compares every change with every listing takes minutes here.
      expect(performance.now() - begin).toBeLessThan(20_000)
      const [marked] = await world().query<{ count: number }>(
        "SELECT count(*)::int AS count FROM hub_listing_state WHERE stale_version = 3"
      )
      expect(marked?.count).toBe(3_000 * 4)
    })
  })
