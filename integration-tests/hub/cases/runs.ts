import { requestReconcile } from "../../../src/engine/reconcile/request-reconcile"
import { cancelRun, requestRun, type RunRequest } from "../../../src/engine/runs/request-run"
import { loadRun } from "../../../src/engine/queries/load-runs"
import { claimTick } from "../../../src/engine/ticks"
import type { HubRun } from "../../../src/types/http/hub"
import { behave, mugId, openMugChannel, setByHand, tally } from "../../helpers/many-listings"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

export const runCases = (medusa: MedusaSuite): void =>
  describe("runs", () => {
    const world = useWorld(medusa)

    const request = (connectionId: string | null, rest: Partial<RunRequest>): Promise<string> =>
      requestRun(world().sql, { kind: "sync-all", connectionId, scope: {}, requestedBy: "test", ...rest })

    /** Works until a run has ended. */
    async function ended(id: string): Promise<HubRun> {
      let run: HubRun | undefined
      await world().until(async () => {
        await world().drain()
        run = (await loadRun(world().sql, id))?.run
        return run?.finished_at !== null
      }, 20_000)
      if (!run) {
        throw new Error(`There is no run ${id}.`)
      }
      expect(run.succeeded_count + run.skipped_count + run.failed_count).toBe(run.total_count)
      return run
    }

    it("bring every number of a connection in line, and add up", async () => {
      const channel = await openMugChannel(world(), 30, { poison_listings: [mugId(3)] })
      const id = await world().connect(channel, { settings: { max_batch: 250 } })
      const run = await ended(await request(id, {}))
      expect(run).toMatchObject({
        state: "succeeded-with-problems",
        total_count: 30,
        succeeded_count: 29,
        failed_count: 1,
      })

      await behave(channel, { poison_listings: [] })
      const retried = await ended(await request(id, { kind: "retry-failed", scope: { run_id: run.id } }))
      expect(retried).toMatchObject({ state: "succeeded", total_count: 1, succeeded_count: 1 })
      expect(await tally(world(), channel)).toEqual({ 17: 30 })
    })

    it("push one number again although the channel had accepted it", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      const { writes: before } = await channel.get<{ writes: unknown[] }>("/control/writes")
      expect(await ended(await request(id, { kind: "sync-single", scope: { sku: "TEA" } }))).toMatchObject({
        state: "succeeded",
        total_count: 1,
      })
      const { writes } = await channel.get<{ writes: { listing_id: string }[] }>("/control/writes")
      expect(writes.slice(before.length).map((write) => write.listing_id)).toEqual(["L-TEA"])
    })

    it("find and heal what somebody changed on the channel, orders first", async () => {
      const channel = await world().openChannel({ webhook_max_attempts: 1, chaos: { webhook_drop_rate: 1 } })
      const id = await world().connect(channel, { settings: { compare_and_set: false } })
      // A sale whose webhook was lost, and a hand that changed another number.
      await channel.order({ lines: [{ sku: "MUG", quantity: 2 }] })
      await setByHand(channel, "L-TEA", 99)
      expect((await world().shown(channel))["L-TEA"]).toBe(99)
      const run = await ended(await request(id, { kind: "reconcile" }))
      expect(run).toMatchObject({ state: expect.stringContaining("succeeded"), total_count: 3 })
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 15, "L-TEA": 7, "L-SET": 5 })
      expect(
        await world().query("SELECT count(*)::int AS orders FROM hub_external_reference WHERE external_version > 0")
      ).toEqual([{ orders: 1 }])
    })

    it("leave orders from before the connection alone", async () => {
      const channel = await world().openChannel({ chaos: { webhook_drop_rate: 1 }, webhook_max_attempts: 1 })
      const id = await world().connect(channel)
      await world().query("UPDATE hub_connection SET connected_at = now() + interval '1 hour'")
      await channel.order({ lines: [{ sku: "MUG", quantity: 2 }] })
      await ended(await request(id, { kind: "reconcile" }))
      expect(await world().query("SELECT count(*)::int AS count FROM hub_inbox_event")).toEqual([{ count: 0 }])
      await world().query("UPDATE hub_connection SET connected_at = now()")
      await world().query("UPDATE hub_cursor SET value = NULL")
      await ended(await request(id, { kind: "reconcile" }))
      expect(await world().query("SELECT state FROM hub_inbox_event")).toEqual([{ state: "processed" }])
    })

    it("raise a number again only after the sale that lowered it is known", async () => {
      const channel = await world().openChannel({
        compare_and_set: true,
        chaos: { webhook_drop_rate: 1 },
        webhook_max_attempts: 1,
      })
      const id = await world().connect(channel, { settings: { compare_and_set: true } })
      await channel.order({ lines: [{ sku: "TEA", quantity: 3 }] })
      await ended(await request(id, { kind: "reconcile" }))
      await world().until(async () => {
        await world().drain()
        const [open] = await world().query<{ open: number }>(
          "SELECT count(*)::int AS open FROM hub_listing_state WHERE state <> 'in-sync'"
        )
        return open?.open === 0
      }, 15_000)
      // At no moment were the three teas offered again.
      const { writes } = await channel.get<{ writes: { listing_id: string; quantity: number }[] }>("/control/writes")
      expect(writes.filter((write) => write.listing_id === "L-TEA").map((write) => write.quantity)).toEqual([7])
      expect((await world().shown(channel))["L-TEA"]).toBe(4)
    })

    it("can be cancelled before and while they run", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      const queued = await request(id, {})
      expect(await cancelRun(world().sql, queued)).toBe(true)
      expect((await loadRun(world().sql, queued))?.run.state).toBe("cancelled")
      expect(await cancelRun(world().sql, queued)).toBe(false)

      // Nothing is accepted, so the run cannot end by itself.
      await behave(channel, { chaos: { error_rate: 1 } })
      const running = await request(id, { kind: "sync-single", scope: { sku: "TEA" } })
      await world().drain()
      expect((await loadRun(world().sql, running))?.run).toMatchObject({ state: "running", total_count: 1 })
      expect(await cancelRun(world().sql, running)).toBe(true)
      expect(await ended(running)).toMatchObject({ state: "cancelled", skipped_count: 1 })
    })

    it("go on where a dead worker left them", async () => {
      const channel = await openMugChannel(world(), 3)
      const id = await world().connect(channel, { settings: { max_batch: 250 } })
      const run = await request(id, { kind: "import-listings" })
      await world().query(
        "UPDATE hub_run SET state = 'running', lease_token = 'dead', lease_until = now() - interval '1 second' WHERE id = :run",
        { run }
      )
      expect(await ended(run)).toMatchObject({ state: "succeeded", total_count: 3 })
    })

    it("say what is wrong with a request that cannot be done", async () => {
      const channel = await world().openChannel()
      const id = await world().connect(channel)
      expect(await ended(await request(id, { kind: "sync-single" }))).toMatchObject({
        state: "failed",
        error: expect.stringContaining("listing_ids or a sku"),
      })
      expect(await ended(await request(null, { kind: "reconcile" }))).toMatchObject({
        state: "failed",
        error: expect.stringContaining("needs a connection"),
      })
    })

    it("are asked for once, however many processes have the same job", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      await Promise.all(Array.from({ length: 8 }, () => requestReconcile(world().container)))
      expect(await world().query("SELECT count(*)::int AS runs FROM hub_run WHERE kind = 'reconcile'")).toEqual([
        { runs: 1 },
      ])
      const claims = await Promise.all(Array.from({ length: 20 }, () => claimTick(world().sql, "test", 3_600)))
      expect(claims.filter(Boolean)).toHaveLength(1)
    })
  })
