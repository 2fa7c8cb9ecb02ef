import { drainEngine } from "../../../src/engine"
import { loadAvailability } from "../../../src/engine/queries/load-availability"
import { loadWhy } from "../../../src/engine/queries/load-why"
import { updateHubListingsWorkflow } from "../../../src/workflows"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

interface Write {
  readonly listing_id: string
  readonly quantity: number
}

/** What `query.graph` answers. Medusa generates its types on boot, so a fresh clone has none. */
interface GraphVariant {
  readonly inventory_items: readonly {
    readonly required_quantity: number
    readonly inventory: {
      readonly id: string
      readonly location_levels: readonly { readonly stocked_quantity: number }[]
    }
  }[]
}

export const laneCases = (medusa: MedusaSuite): void =>
  describe("lane", () => {
    const world = useWorld(medusa)

    it("shows on the channel what is in stock, kits included, and explains every number", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      expect(await world().shown(channel)).toEqual({ "L-MUG": 17, "L-TEA": 7, "L-SET": 6 })

      await world().setStock("MUG", 1, 1)
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 13, "L-TEA": 7, "L-SET": 6 })

      const [why] = await loadWhy(world().sql, { sku: "MUG", connection: "One" })
      expect(why).toMatchObject({ acked: 13, desired: 13, state: "in-sync" })
      expect(why?.explanation).toMatchObject({ quantity: 13, outcome: "accepted", is_verified: true })
      expect(why?.explanation?.steps.map((step) => step.text).join("\n")).toContain("Lyon: 1 on hand − 0 reserved = 1")
      expect(why?.explanation?.steps.at(-1)?.value).toBe(13)
    })

    it("makes at most two writes for a thousand changes while one write is held for 500 ms", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const { writes: before } = await channel.get<{ writes: Write[] }>("/control/writes")
      await fetch(`${channel.url}/control/hold`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ next: 1, ms: 500 }),
      })
      await world().setStock("TEA", 0, 6)
      const draining = drainEngine(world().container)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await world().query(`
        DO $$ BEGIN FOR n IN 1..1000 LOOP
          UPDATE inventory_level SET stocked_quantity = 1000 + n WHERE location_id IN (SELECT id FROM stock_location WHERE name = 'Berlin')
            AND inventory_item_id = (SELECT id FROM inventory_item WHERE sku = 'TEA');
        END LOOP; END $$`)
      const [captured] = await world().query<{ count: number }>("SELECT count(*)::int AS count FROM hub_stock_change")
      expect(captured?.count).toBeGreaterThanOrEqual(1_000)
      await draining
      await world().drain()
      const { writes } = await channel.get<{ writes: Write[] }>("/control/writes")
      const ofTea = writes.slice(before.length).filter((write) => write.listing_id === "L-TEA")
      expect(ofTea.length).toBeLessThanOrEqual(2)
      expect((await world().shown(channel))["L-TEA"]).toBe(2_000)
      const [row] = await world().query<{ change_count: number }>(
        "SELECT s.change_count FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id WHERE l.external_sku = 'TEA'"
      )
      expect(row?.change_count).toBeGreaterThanOrEqual(1_000)
    })

    it("sends sold-out and falling numbers before rising ones", async () => {
      const channel = await world().openChannel({ max_batch: 1 })
      await world().connect(channel, { settings: { max_batch: 1 } })
      const { writes: before } = await channel.get<{ writes: Write[] }>("/control/writes")
      await world().setStock("MUG", 0, 500)
      await world().setStock("TEA", 0, 0)
      await world().drain()
      const { writes } = await channel.get<{ writes: Write[] }>("/control/writes")
      const sent = writes.slice(before.length).map((write) => `${write.listing_id} ${write.quantity}`)
      expect(sent.slice(0, 2).sort()).toEqual(["L-SET 0", "L-TEA 0"])
      expect(sent.slice(2)).toEqual(["L-MUG 505"])
    })

    it("sums several locations into one of the channel and keeps others apart", async () => {
      const channel = await world().openChannel({
        has_locations: true,
        locations: [
          { id: "north", name: "North" },
          { id: "south", name: "South" },
        ],
      })
      await world().connect(channel, { settings: { has_locations: true }, locations: ["north", "south", "south"] })
      expect(await world().shown(channel)).toMatchObject({
        "L-MUG@north": 12,
        "L-MUG@south": 5,
        "L-SET@north": 6,
        "L-SET@south": 0,
      })
    })

    it("applies buffer, minimum and cap of the connection and the pack of the listing", async () => {
      const channel = await world().openChannel()
      const connectionId = await world().connect(channel, { rule: { buffer: 2, cap: 10 } })
      expect(await world().shown(channel)).toEqual({ "L-MUG": 10, "L-TEA": 5, "L-SET": 4 })
      const [listing] = await world().query<{ id: string }>(
        "SELECT id FROM hub_listing WHERE connection_id = :connectionId AND external_sku = 'TEA'",
        { connectionId }
      )
      await medusaPack(world().container, listing?.id ?? "", 2)
      await world().drain()
      expect((await world().shown(channel))["L-TEA"]).toBe(2)
    })

    it("keeps the others of a batch when the channel refuses one, and says which and why", async () => {
      const channel = await world().openChannel({}, [{ sku: "MUG", title: "Mug", price: "1", stock: [], parts: [] }])
      const connectionId = await world().connect(channel)
      await world().query(
        `INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, title, variant_id, link_state, pack_size)
         SELECT 'hlst_gone', 'hcomp_default', :connectionId, 'L-GONE', 'TEA', 'Gone', v.id, 'linked', 1 FROM product_variant v WHERE v.sku = 'TEA'`,
        { connectionId }
      )
      await world().query(
        `INSERT INTO hub_listing_state (id, company_id, connection_id, listing_id, external_location_id)
         VALUES ('hlss_gone', 'hcomp_default', :connectionId, 'hlst_gone', '*')`,
        { connectionId }
      )
      await world().setStock("MUG", 0, 3)
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 8 })
      const states = await world().query("SELECT id, state FROM hub_listing_state WHERE id = 'hlss_gone'")
      expect(states).toEqual([{ id: "hlss_gone", state: "failed" }])
      const issues = await world().query<{ message: string }>(
        "SELECT message FROM hub_issue WHERE listing_id = 'hlst_gone'"
      )
      expect(issues).toHaveLength(1)
      expect(issues[0]?.message).toContain("L-GONE")
    })

    it("parks a connection whose credentials are refused and loses nothing", async () => {
      const channel = await world().openChannel()
      const connectionId = await world().connect(channel)
      await world().query(
        "UPDATE hub_connection SET options = options || jsonb_build_object('base_url', CAST(:url AS text)), updated_at = now()",
        {
          url: (await world().openChannel({ token: "another-token" })).url,
        }
      )
      await world().setStock("MUG", 0, 3)
      await world().drain()
      const [connection] = await world().query("SELECT state FROM hub_connection WHERE id = :connectionId", {
        connectionId,
      })
      expect(connection).toEqual({ state: "needs-reauthorisation" })
      const pending = await world().query("SELECT 1 FROM hub_listing_state WHERE state = 'pending'")
      expect(pending.length).toBeGreaterThan(0)
    })

    it("rests when the channel is down, and carries on when it is back", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      await fetch(`${channel.url}/control/settings`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chaos: { error_rate: 1 } }),
      })
      const { calls: before } = await channel.get<{ calls: number }>("/control/stats")
      await world().setStock("MUG", 0, 3)
      await world().drain()
      const { calls } = await channel.get<{ calls: number }>("/control/stats")
      expect(calls - before).toBeLessThanOrEqual(2)
      await fetch(`${channel.url}/control/settings`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chaos: { error_rate: 0 } }),
      })
      await world().query("UPDATE hub_listing_state SET next_attempt_at = NULL")
      await world().query("UPDATE hub_lane SET not_before = NULL")
      await world().drain()
      expect((await world().shown(channel))["L-MUG"]).toBe(8)
    })

    it("does not spin on a connection that cannot be opened", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      await world().query("UPDATE hub_connection SET connector_id = 'gone', updated_at = now()")
      await world().setStock("MUG", 0, 3)
      await expect(world().drain()).resolves.toBeUndefined()
    })

    it("tells a person when a variant was deleted that a channel still sells", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      await world().query("UPDATE product_variant SET deleted_at = now() WHERE sku = 'TEA'")
      await world().setStock("TEA", 0, 3)
      await world().drain()
      const issues = await world().query<{ message: string }>("SELECT message FROM hub_issue")
      expect(issues.map((issue) => issue.message).join()).toContain("deleted in Medusa")
    })

    it("reads the same availability as Medusa's own query", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const states = await world().query<{ id: string }>("SELECT id FROM hub_listing_state")
      const loaded = await loadAvailability(
        world().sql,
        states.map((state) => state.id)
      )
      const { data: variants } = await world()
        .container.resolve("query")
        .graph({
          entity: "product_variant",
          fields: [
            "sku",
            "inventory_items.required_quantity",
            "inventory_items.inventory.id",
            "inventory_items.inventory.location_levels.*",
          ],
        })
      const theirs = (variants as GraphVariant[]).map((variant) =>
        variant.inventory_items
          .map((kit) => ({
            id: kit.inventory.id,
            required: kit.required_quantity,
            stocked: kit.inventory.location_levels.reduce((sum, level) => sum + level.stocked_quantity, 0),
          }))
          .sort((a, b) => a.id.localeCompare(b.id))
      )
      const ours = [...loaded.values()].map((availability) =>
        availability.components
          .map((component) => ({
            id: component.inventoryItemId,
            required: Number(component.required),
            stocked: component.levels.reduce((sum, level) => sum + Number(level.stocked), 0),
          }))
          .sort((a, b) => a.id.localeCompare(b.id))
      )
      const sorted = (rows: unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort()
      expect(sorted(ours)).toEqual(sorted(theirs))
    })
  })

async function medusaPack(container: Parameters<typeof drainEngine>[0], id: string, packSize: number): Promise<void> {
  await updateHubListingsWorkflow(container).run({ input: { listings: [{ id, pack_size: packSize }] } })
}
