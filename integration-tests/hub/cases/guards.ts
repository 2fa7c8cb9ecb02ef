import { Dispatcher } from "../../../src/engine/dispatcher"
import { releaseGuards } from "../../../src/engine/guard/release-guards"
import { DEFAULT_ENGINE_OPTIONS } from "../../../src/types/options"
import { behave, mugId, openIssues, openMugChannel, setByHand, tally } from "../../helpers/many-listings"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

/** Makes everything that waits for a while due now. */
const DUE_SQL =
  "UPDATE hub_listing_state SET next_attempt_at = NULL, recheck_at = CASE WHEN recheck_at IS NOT NULL THEN now() END"
const GO_SQL = "UPDATE hub_lane SET not_before = NULL, probe_until = NULL"

export const guardCases = (medusa: MedusaSuite): void =>
  describe("guards", () => {
    const world = useWorld(medusa)
    const settings = { max_batch: 250 }

    it("finds the one bad item of 250: the others arrive, one issue says which and why", async () => {
      const channel = await openMugChannel(world(), 250, { poison_listings: [mugId(137)] })
      await world().connect(channel, { settings })
      const { calls_by_route: routes } = await channel.get<{ calls_by_route: Record<string, number> }>("/control/stats")
      const calls = routes["POST /v1/inventory/set"] ?? 0
      expect(await tally(world(), channel)).toEqual({ 17: 249, 0: 1 })
      expect(calls - 1).toBeGreaterThan(1)
      expect(calls - 1).toBeLessThanOrEqual(2 * Math.log2(250))
      const issues = await world().query<{ external_id: string; message: string }>(
        `SELECT l.external_id, i.message FROM hub_issue i JOIN hub_listing l ON l.id = i.listing_id WHERE i.resolved_at IS NULL`
      )
      expect(issues).toEqual([{ external_id: mugId(137), message: expect.stringContaining("answered 422") }])

      // Mended on the channel, pushed again: the issue goes away by itself.
      await behave(channel, { poison_listings: [] })
      await world().setStock("MUG", 1, 4)
      await world().drain()
      expect(await tally(world(), channel)).toEqual({ 16: 250 })
      expect(await openIssues(world())).toEqual([])
    })

    it("does not close what a channel refuses altogether", async () => {
      const all = Array.from({ length: 60 }, (_, index) => mugId(index))
      const channel = await openMugChannel(world(), 60)
      await world().connect(channel, { settings })
      await behave(channel, { poison_listings: all })
      await world().setStock("MUG", 0, 10)
      await world().drain()
      const states = await world().query("SELECT DISTINCT state FROM hub_listing_state")
      expect(states).toEqual([{ state: "pending" }])
      await behave(channel, { poison_listings: [] })
      await world().query(DUE_SQL)
      await world().query(GO_SQL)
      await world().drain()
      expect(await tally(world(), channel)).toEqual({ 15: 60 })
    })

    it("stops a mass change, lets a flash sale through the middle of it, and goes on when a person says so", async () => {
      const channel = await openMugChannel(world(), 40)
      const id = await world().connect(channel, { settings })
      await world().setStock("MUG", 0, 100)
      await world().setStock("MUG", 1, 0)
      // 17 → 100 is a large increase of all 40 listings.
      await world().drain()
      expect(await tally(world(), channel)).toEqual({ 17: 40 })
      expect(await openIssues(world())).toMatchObject([{ code: "mass-change-held" }])

      const sold = await channel.order({ lines: [{ sku: "MUG", quantity: 5 }] })
      expect(sold?.sold[0]?.sold).toBe(5)
      await world().ingest(1)
      // What was sold goes out all the same, though 95 would be right: nobody has allowed the increase.
      expect(await tally(world(), channel)).toEqual({ 12: 40 })
      const [why] = await world().query<{ inputs: { v: number } }>(
        "SELECT inputs FROM hub_explanation ORDER BY computed_at DESC LIMIT 1"
      )
      expect(why?.inputs.v).toBe(2)

      expect(await releaseGuards(world().sql, id)).toBe(40)
      await world().drain()
      expect(await tally(world(), channel)).toEqual({ 95: 40 })
      expect(await openIssues(world())).toEqual([])
    })

    it("holds an import that empties the shop, and never a number that sales bring down", async () => {
      const channel = await openMugChannel(world(), 40, { max_batch: 5 })
      await world().connect(channel, { settings: { max_batch: 5 } })
      const { writes: before } = await channel.get<{ writes: unknown[] }>("/control/writes")
      await world().query(
        `UPDATE inventory_level SET stocked_quantity = 0, raw_stocked_quantity = '{"value": "0", "precision": 20}'`
      )
      await world().drain()
      const { writes } = await channel.get<{ writes: unknown[] }>("/control/writes")
      expect(writes.length - before.length).toBe(0)
      expect(await tally(world(), channel)).toEqual({ 17: 40 })
      expect(await openIssues(world())).toMatchObject([{ code: "mass-change-held" }])
    })

    it("writes at most twice against another program that keeps changing a number", async () => {
      const channel = await world().openChannel({ stock_webhooks: true })
      await world().connect(channel)
      const { writes: before } = await channel.get<{ writes: unknown[] }>("/control/writes")
      for (let round = 0; round < 6; round += 1) {
        await setByHand(channel, "L-TEA", 50)
        await world().until(async () => {
          await world().drain()
          await world().query(DUE_SQL)
          const [open] = await world().query<{ open: number }>(
            `SELECT (SELECT count(*) FROM hub_inbox_event WHERE state = 'accepted')::int
               + (SELECT count(*) FROM hub_listing_state WHERE stale_version > acked_version OR observe_due_at IS NOT NULL)::int AS open`
          )
          const [heard] = await world().query<{ count: number }>(
            "SELECT count(*)::int AS count FROM hub_inbox_event WHERE (payload -> 'observation' ->> 'quantity')::int = 50"
          )
          const [held] = await world().query<{ count: number }>(
            "SELECT count(*)::int AS count FROM hub_listing_state WHERE state = 'held'"
          )
          return open?.open === 0 && ((heard?.count ?? 0) > round || held?.count === 1)
        })
      }
      const { writes } = await channel.get<{ writes: { listing_id: string; quantity: number }[] }>("/control/writes")
      const ours = writes.slice(before.length).filter((write) => write.listing_id === "L-TEA" && write.quantity === 7)
      expect(ours.length).toBeGreaterThan(0)
      expect(ours.length).toBeLessThanOrEqual(2)
      expect(await openIssues(world())).toMatchObject([{ code: "loop-held" }])
    })

    it("does not take its own writes for news when they come back as messages", async () => {
      const channel = await world().openChannel({ stock_webhooks: true })
      await world().connect(channel)
      await world().until(async () => {
        await world().drain()
        const [inbox] = await world().query<{ done: number; open: number }>(
          "SELECT count(*) FILTER (WHERE state = 'processed')::int AS done, count(*) FILTER (WHERE state = 'accepted')::int AS open FROM hub_inbox_event"
        )
        return (inbox?.done ?? 0) >= 3 && inbox?.open === 0
      })
      const { calls } = await channel.get<{ calls: number }>("/control/stats")
      await world().drain()
      const after = await channel.get<{ calls: number }>("/control/stats")
      expect(after.calls).toBe(calls)
      expect(await world().query("SELECT DISTINCT state, flip_count FROM hub_listing_state")).toEqual([
        { state: "in-sync", flip_count: 0 },
      ])
    })

    it("writes nothing and tells once while the stock cannot be read", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const { writes: before } = await channel.get<{ writes: unknown[] }>("/control/writes")
      await world().setStock("MUG", 0, 1)
      const engine = new Dispatcher(world().container, { ...DEFAULT_ENGINE_OPTIONS, poll_interval_ms: 20 })
      await world().query("ALTER TABLE product_variant RENAME COLUMN allow_backorder TO hidden")
      try {
        engine.start()
        await world().until(async () => (await openIssues(world())).length > 0, 20_000)
        const { writes } = await channel.get<{ writes: unknown[] }>("/control/writes")
        expect(writes).toHaveLength(before.length)
        expect(await openIssues(world())).toMatchObject([{ code: "engine-trouble" }])
      } finally {
        await world().query("ALTER TABLE product_variant RENAME COLUMN hidden TO allow_backorder")
      }
      await world().until(async () => (await world().shown(channel))["L-MUG"] === 6, 20_000)
      await world().until(async () => (await openIssues(world())).length === 0, 20_000)
      await engine.stop()
    })
  })
