import { startFakeShopify, type RunningFakeShopify } from "../../../fakes/shopify/start-fake-shopify"
import { RunningChannel } from "../../../scripts/demo/worlds/simulators"
import { updateHubWriteModeWorkflow } from "../../../src/workflows"
import type { HubWorld } from "../../helpers/hub-world"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const SECRET = "canary-client-secret-51ce"

interface Connected {
  readonly shop: RunningFakeShopify
  readonly channel: RunningChannel
  readonly id: string
  /** What the shop shows of an article, at its two locations. */
  readonly shown: (sku: string) => (number | null)[]
}

async function connectShop(world: HubWorld, live = true): Promise<Connected> {
  const shop = world.keep(
    await startFakeShopify({
      client_secret: SECRET,
      locations: [{ name: "North" }, { name: "South" }],
      products: [
        { sku: "MUG", quantity: 1 },
        { sku: "TEA", quantity: null },
        { sku: "SET", quantity: 0 },
        { sku: "LOOSE", tracked: false },
      ],
    })
  )
  const channel = new RunningChannel("channel", shop.url, "")
  const [north, south] = shop.fake.state.places.map((place) => place.id)
  const id = await world.connect(channel, {
    connector: "shopify",
    settings: { shop: shop.url, client_id: "hub-app", client_secret: SECRET },
    locations: [north ?? "", south ?? "", south ?? ""],
    live,
  })
  const shown = (sku: string): (number | null)[] => {
    const itemId = shop.fake.state.itemBySku(sku)?.id ?? ""
    return shop.fake.state.places.map((place) => shop.fake.state.shown(itemId, place.id))
  }
  return { shop, channel, id, shown }
}

const orderRows = (world: HubWorld) =>
  world.query<{ units: number }>(
    `SELECT (SELECT sum(i.quantity)::int FROM order_item i WHERE i.order_id = o.id AND i.deleted_at IS NULL) AS units
     FROM "order" o ORDER BY o.created_at`
  )

const stateOf = async (world: HubWorld, id: string): Promise<string | undefined> =>
  (await world.query<{ state: string }>("SELECT state FROM hub_connection WHERE id = :id", { id }))[0]?.state

export function shopifyCases(medusa: MedusaSuite): void {
  describe("a shop on Shopify", () => {
    const world = useWorld(medusa)

    it("shows what Medusa has, sells it as an order of Medusa, and is never written over", async () => {
      const { shop, channel, shown } = await connectShop(world())
      // What an article shows that is stocked nowhere yet is asked about several times before the shop goes live.
      await world().until(async () => {
        await world().drain()
        return shown("SET")[0] === 6
      })
      // MUG 12 and 5, TEA 7 and 0, a set of two mugs and a tea; TEA was stocked nowhere yet.
      expect({ mug: shown("MUG"), tea: shown("TEA"), set: shown("SET") }).toEqual({
        mug: [12, 5],
        tea: [7, 0],
        set: [6, 0],
      })

      const order = await channel.order({ lines: [{ sku: "MUG", quantity: 3 }] })
      expect(order?.sold).toEqual([{ sku: "MUG", sold: 3 }])
      await world().until(async () => {
        await world().drain()
        return (await orderRows(world())).length === 1
      })
      expect(await orderRows(world())).toEqual([{ units: 3 }])
      await world().until(async () => {
        await world().drain()
        return shown("SET")[0] === 4
      })
      expect(shown("MUG")).toEqual([9, 5])

      // Somebody buys while the hub is about to raise the number: the buyer wins, and the hub counts anew.
      await world().setStock("MUG", 0, 20)
      await channel.order({ lines: [{ sku: "MUG", quantity: 2 }] })
      await world().until(async () => {
        await world().drain()
        return (await orderRows(world())).length === 2 && shown("MUG")[0] === 15
      })
      expect(shop.fake.rules.report().examples).toEqual([])
      expect(shop.fake.stats.invalid).toBe(0)
    })

    it("goes live however often it has to wait for its turn", async () => {
      const { shop, id, shown } = await connectShop(world(), false)
      shop.fake.change({ chaos: { throttled: 1 } })
      await updateHubWriteModeWorkflow(world().container).run({
        input: { connection_id: id, write_mode: "live", requested_by: "test" },
      })
      await world().until(async () => {
        await world().drain()
        return shop.fake.stats.throttled > 10
      })
      shop.fake.change({ chaos: {} })
      await world().until(async () => {
        await world().drain()
        return shown("SET")[0] === 6
      })
      const runs = await world().query<{ state: string }>("SELECT state FROM hub_run WHERE kind = 'go-live'")
      expect(runs.map(({ state }) => state)).not.toContain("failed")
    })

    it("waits for a new authorisation when the merchant removes the app", async () => {
      const { shop, id } = await connectShop(world())
      shop.fake.uninstall()
      await world().until(async () => {
        await world().drain()
        return (await stateOf(world(), id)) === "needs-reauthorisation"
      })
      const leaks = await world().query("SELECT 1 FROM hub_exchange e WHERE e::text LIKE :secret", {
        secret: `%${SECRET}%`,
      })
      expect(leaks).toEqual([])
    })
  })
}
