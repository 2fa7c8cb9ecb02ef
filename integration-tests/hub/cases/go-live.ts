import { loadPreview } from "../../../src/engine/queries/load-preview"
import { requestRun } from "../../../src/engine/runs/request-run"
import { updateHubWriteModeWorkflow } from "../../../src/workflows"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const LISTINGS = [
  { id: "L-MUG", sku: "MUG", quantity: 40 },
  { id: "L-TEA", sku: "TEA", quantity: 2 },
  { id: "L-SET", sku: "SET", quantity: 6 },
]

export const goLiveCases = (medusa: MedusaSuite): void =>
  describe("going live", () => {
    const world = useWorld(medusa)

    it("previews honestly, writes nothing before, keeps what was there and puts it back", async () => {
      const channel = await world().openChannel({ listings: LISTINGS })
      const id = await world().connect(channel, { live: false })
      await world().setStock("MUG", 0, 0)
      await world().setStock("MUG", 1, 0)
      await world().drain()
      await requestRun(world().sql, { kind: "take-snapshot", connectionId: id, scope: {}, requestedBy: "test" })
      await world().drain()
      expect(await loadPreview(world().sql, id)).toMatchObject({
        total: 3,
        lower: 0,
        higher: 1,
        to_zero: 2,
        same: 0,
        pending: 0,
        unknown: 0,
        rows: [
          { external_sku: "MUG", shown: 40, would_show: 0 },
          { external_sku: "SET", shown: 6, would_show: 0 },
          { external_sku: "TEA", shown: 2, would_show: 7 },
        ],
      })
      const { writes: none } = await channel.get<{ writes: unknown[] }>("/control/writes")
      expect(none).toEqual([])

      await updateHubWriteModeWorkflow(world().container).run({
        input: { connection_id: id, write_mode: "live", requested_by: "test" },
      })
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 0, "L-TEA": 7, "L-SET": 0 })

      const [snapshot] = await world().query<{ id: string }>("SELECT id FROM hub_snapshot ORDER BY taken_at LIMIT 1")
      const run = await requestRun(world().sql, {
        kind: "restore-snapshot",
        connectionId: id,
        scope: { snapshot_id: snapshot?.id },
        requestedBy: "test",
      })
      await world().until(async () => {
        await world().drain()
        const [row] = await world().query<{ state: string }>("SELECT state FROM hub_run WHERE id = :run", { run })
        return row?.state === "succeeded"
      }, 15_000)
      expect(await world().shown(channel)).toEqual({ "L-MUG": 40, "L-TEA": 2, "L-SET": 6 })

      // In shadow again: nothing is written over it, but everything is computed.
      await world().setStock("TEA", 0, 5)
      await world().drain()
      expect(await world().shown(channel)).toEqual({ "L-MUG": 40, "L-TEA": 2, "L-SET": 6 })
      expect(await loadPreview(world().sql, id)).toMatchObject({ higher: 1, to_zero: 2 })
    })

    it("keeps what the channel shows before the first write even when nobody asked for a preview", async () => {
      const channel = await world().openChannel({ listings: LISTINGS })
      await world().connect(channel)
      expect(await world().query(`SELECT i.quantity FROM hub_snapshot_item i ORDER BY i.quantity`)).toEqual([
        { quantity: 2 },
        { quantity: 6 },
        { quantity: 40 },
      ])
    })
  })

export const exclusiveCases = (medusa: MedusaSuite): void =>
  describe("exclusive shares", () => {
    const world = useWorld(medusa)

    it("give a unit on only after the channel that had it has confirmed that it shows less", async () => {
      const listings = [{ id: "L-MUG", sku: "MUG" }]
      const one = await world().openChannel({ compare_and_set: true, listings })
      const two = await world().openChannel({ compare_and_set: true, listings })
      const settings = { compare_and_set: true }
      const oneId = await world().connect(one, { name: "One", settings, rule: { sharePercent: 60 } })
      const twoId = await world().connect(two, { name: "Two", settings, rule: { sharePercent: 40 } })
      // 12 + 5 mugs: 10 and 6, never more than 17 together.
      expect([(await world().shown(one))["L-MUG"], (await world().shown(two))["L-MUG"]]).toEqual([10, 6])

      const share = (id: string, percent: number): Promise<unknown> =>
        world().query(
          "UPDATE hub_connection SET quantity_rule = jsonb_build_object('sharePercent', CAST(:percent AS int)), updated_at = now() WHERE id = :id",
          { id, percent }
        )
      await share(oneId, 20)
      await share(twoId, 80)
      await world().query("UPDATE hub_listing_state SET stale_version = stale_version + 1, state = 'pending'")
      // The first channel does not answer: what it shows may still be sold, so nobody else is given it.
      await fetch(`${one.url}/control/settings`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chaos: { error_rate: 1 } }),
      })
      await world().drain()
      expect([(await world().shown(one))["L-MUG"], (await world().shown(two))["L-MUG"]]).toEqual([10, 7])

      await fetch(`${one.url}/control/settings`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chaos: { error_rate: 0 } }),
      })
      await world().until(async () => {
        await world().query("UPDATE hub_listing_state SET next_attempt_at = NULL")
        await world().query("UPDATE hub_lane SET not_before = NULL, probe_until = NULL")
        await world().drain()
        const shown = [(await world().shown(one))["L-MUG"], (await world().shown(two))["L-MUG"]]
        return shown[0] === 3 && shown[1] === 13
      }, 15_000)
      const [why] = await world().query<{ inputs: { v: number } }>(
        "SELECT inputs FROM hub_explanation WHERE connection_id = :twoId ORDER BY computed_at DESC LIMIT 1",
        { twoId }
      )
      expect(why?.inputs.v).toBe(2)
    })
  })
