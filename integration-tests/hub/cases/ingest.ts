import type { RunningChannel } from "../../../scripts/demo/worlds/simulators"
import type { HubWorld } from "../../helpers/hub-world"
import { send } from "../../helpers/send-webhook"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const orders = (world: HubWorld) =>
  world.query<{ id: string; status: string; lines: number; sales_channel_id: string }>(
    `SELECT o.id, o.status, o.sales_channel_id, (SELECT count(*)::int FROM order_item i WHERE i.order_id = o.id) AS lines FROM "order" o ORDER BY o.created_at`
  )

const reserved = async (world: HubWorld): Promise<Record<string, number>> => {
  const rows = await world.query<{ sku: string; units: number }>(
    `SELECT i.sku, sum(r.quantity)::int AS units FROM reservation_item r JOIN inventory_item i ON i.id = r.inventory_item_id
     WHERE r.deleted_at IS NULL GROUP BY 1 ORDER BY 1`
  )
  return Object.fromEntries(rows.map((row) => [row.sku, row.units]))
}

const issueCodes = async (world: HubWorld): Promise<string[]> =>
  (await world.query<{ code: string }>("SELECT code FROM hub_issue ORDER BY code")).map((issue) => issue.code)

const orderData = (
  id: string,
  sequence: number,
  lines: readonly { sku: string; quantity: number; cancelled?: number }[]
) => ({
  id,
  number: `N-${id}`,
  sequence,
  placed_at: "2026-01-05T10:00:00.000Z",
  currency: "eur",
  email: null,
  lines: lines.map((line, index) => ({
    id: `${id}-${index + 1}`,
    listing_id: `L-${line.sku}`,
    location_id: "*",
    sku: line.sku,
    title: line.sku,
    quantity: line.quantity,
    cancelled_quantity: line.cancelled ?? 0,
    unit_price: "9.00",
  })),
})

const connectTwo = async (world: HubWorld): Promise<{ one: RunningChannel; two: RunningChannel; oneId: string }> => {
  const one = await world.openChannel()
  const two = await world.openChannel()
  const oneId = await world.connect(one, { name: "One" })
  await world.connect(two, { name: "Two" })
  return { one, two, oneId }
}

export const ingestCases = (medusa: MedusaSuite): void =>
  describe("ingest", () => {
    const world = useWorld(medusa)

    it("turns a channel's order into one order with reservations, and lowers every other channel", async () => {
      const { one, two } = await connectTwo(world())
      await one.order({
        lines: [
          { sku: "SET", quantity: 2 },
          { sku: "MUG", quantity: 1 },
        ],
      })
      await world().ingest(1)
      expect(await orders(world())).toMatchObject([
        { status: "pending", lines: 2, sales_channel_id: world().shop.salesChannelIds[1] },
      ])
      expect(await reserved(world())).toEqual({ MUG: 5, TEA: 2 })
      expect(await world().shown(two)).toEqual({ "L-MUG": 12, "L-TEA": 5, "L-SET": 3 })
      expect(await world().shown(one)).toEqual(await world().shown(two))
      expect(await issueCodes(world())).toEqual([])
    })

    it("takes a message once, however often and however parallel it comes", async () => {
      const { oneId } = await connectTwo(world())
      const event = { id: "evt-same", type: "order.placed", data: orderData("o1", 1, [{ sku: "MUG", quantity: 3 }]) }
      const statuses = await Promise.all(Array.from({ length: 20 }, () => send(world(), oneId, event)))
      expect(new Set(statuses)).toEqual(new Set([200]))
      await Promise.all([world().drain(), world().drain(), world().drain()])
      expect(await world().query("SELECT state FROM hub_inbox_event")).toEqual([{ state: "processed" }])
      expect(await orders(world())).toHaveLength(1)
      expect(await reserved(world())).toEqual({ MUG: 3 })
    })

    it("makes one order of two different messages about the same order that are worked on at once", async () => {
      const { oneId } = await connectTwo(world())
      const data = orderData("o1", 1, [{ sku: "MUG", quantity: 3 }])
      await Promise.all(
        ["a", "b", "c", "d"].map((id) => send(world(), oneId, { id: `evt-${id}`, type: "order.placed", data }))
      )
      await Promise.all([world().drain(), world().drain()])
      expect(await orders(world())).toHaveLength(1)
      expect(await reserved(world())).toEqual({ MUG: 3 })
      const states = await world().query<{ state: string }>("SELECT state FROM hub_inbox_event ORDER BY state")
      expect(states.map((row) => row.state)).toEqual(["processed", "stale", "stale", "stale"])
    })

    it("reserves what was sold also when it is not there, and says so", async () => {
      const { oneId, two } = await connectTwo(world())
      await send(world(), oneId, {
        id: "evt-1",
        type: "order.placed",
        data: orderData("o1", 1, [{ sku: "TEA", quantity: 9 }]),
      })
      await world().drain()
      expect(await reserved(world())).toEqual({ TEA: 9 })
      expect(await issueCodes(world())).toEqual(["oversold"])
      expect((await world().shown(two))["L-TEA"]).toBe(0)
    })

    it("writes to the selling channel again, because it lowered its number by itself", async () => {
      const { one } = await connectTwo(world())
      await one.order({ lines: [{ sku: "TEA", quantity: 2 }] })
      await world().ingest(1)
      await world().setStock("TEA", 0, 9)
      await world().drain()
      expect((await world().shown(one))["L-TEA"]).toBe(7)
    })

    it("gives units back when part of an order is cancelled, and all when it is cancelled as a whole", async () => {
      const { one, two } = await connectTwo(world())
      const order = await one.order({ lines: [{ sku: "MUG", quantity: 4 }] })
      await world().ingest(1)
      await one.cancel(order?.id ?? "", [{ line_id: order?.lines[0]?.id ?? "", quantity: 1 }])
      await world().ingest(2)
      expect(await reserved(world())).toEqual({ MUG: 3 })
      expect((await world().shown(two))["L-MUG"]).toBe(14)
      await one.cancel(order?.id ?? "", [{ line_id: order?.lines[0]?.id ?? "", quantity: 3 }])
      await world().ingest(3)
      expect(await reserved(world())).toEqual({})
      expect(await orders(world())).toMatchObject([{ status: "canceled" }])
      expect((await world().shown(two))["L-MUG"]).toBe(17)
    })

    it("creates nothing when the cancellation comes before the order", async () => {
      const { oneId } = await connectTwo(world())
      await send(world(), oneId, {
        id: "evt-2",
        type: "order.changed",
        data: orderData("o1", 2, [{ sku: "MUG", quantity: 3, cancelled: 3 }]),
      })
      await world().drain()
      await send(world(), oneId, {
        id: "evt-1",
        type: "order.placed",
        data: orderData("o1", 1, [{ sku: "MUG", quantity: 3 }]),
      })
      await world().drain()
      expect(await orders(world())).toEqual([])
      expect(await reserved(world())).toEqual({})
    })

    it("keeps an order of something that nobody has linked, and tells a person", async () => {
      const { oneId } = await connectTwo(world())
      await send(world(), oneId, {
        id: "evt-1",
        type: "order.placed",
        data: orderData("o1", 1, [
          { sku: "UNKNOWN", quantity: 1 },
          { sku: "MUG", quantity: 1 },
        ]),
      })
      await world().drain()
      expect(await orders(world())).toMatchObject([{ lines: 2 }])
      expect(await reserved(world())).toEqual({ MUG: 1 })
      expect(await issueCodes(world())).toEqual(["unmapped-order-line"])
    })

    it("changes no stock for goods that come back of an order it never saw, and tells a person", async () => {
      const { one } = await connectTwo(world())
      await one.returnGoods({ number: "OLD-1", lines: [{ sku: "MUG", quantity: 2 }] })
      await world().ingest(1)
      expect(await orders(world())).toEqual([])
      expect(await issueCodes(world())).toEqual(["unknown-order-returned"])
    })

    it("carries on where a crash left it: reservations made, order not, version not taken over", async () => {
      const { one } = await connectTwo(world())
      await one.order({ lines: [{ sku: "MUG", quantity: 4 }] })
      await world().ingest(1)
      await world().query(`DELETE FROM order_item`)
      await world().query(`DELETE FROM order_line_item`)
      await world().query(`DELETE FROM order_summary`)
      await world().query(`DELETE FROM "order"`)
      await world().query("UPDATE hub_external_reference SET external_version = 0")
      await world().query(
        "UPDATE hub_inbox_event SET state = 'accepted', lease_until = now() - interval '1 second', lease_token = 'dead'"
      )
      await world().drain()
      expect(await orders(world())).toHaveLength(1)
      expect(await reserved(world())).toEqual({ MUG: 4 })
    })

    it("sells no more than there is when channels do not overlap in time", async () => {
      const { one, two } = await connectTwo(world())
      let sold = 0
      for (let buyer = 0; buyer < 12; buyer += 1) {
        const channel = buyer % 2 === 0 ? one : two
        const order = await channel.order({ lines: [{ sku: "TEA", quantity: 1 }] })
        sold += order?.sold[0]?.sold ?? 0
        await world().ingest(sold)
      }
      expect(sold).toBe(7)
      expect(await issueCodes(world())).toEqual([])
    })
  })
