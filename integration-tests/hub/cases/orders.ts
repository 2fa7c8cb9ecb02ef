import { createOrderFulfillmentWorkflow, createOrderShipmentWorkflow } from "@medusajs/medusa/core-flows"
import type { RunningChannel } from "../../../scripts/demo/worlds/simulators"
import { requestRun } from "../../../src/engine/runs/request-run"
import { noteParcels } from "../../../src/engine/parcels/note-parcels"
import type { HubChannelOrderResponse, HubChannelOrdersResponse } from "../../../src/types"
import { bodyOf, byNumber, fixture, lcg, shippingOption, storyOf, type Body } from "../../helpers/channel-orders"
import { firstAdmin } from "../../helpers/admin-client"
import { send } from "../../helpers/send-webhook"
import type { HubWorld } from "../../helpers/hub-world"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const CHOSEN = [
  "three lines of one cent of tax each",
  "thirty lines that each round the same way",
  "Quebec, two taxes",
  "France, two rates inside",
  "several discounts, several lines, tax inside",
  "order-wide discount larger than the goods",
  "half off the postage, tax inside",
  "yen with a discount",
  "dinar with three decimals",
  "everything for nothing, tax inside, with postage",
  "paid in yen, reckoned in euros",
] as const

interface MedusaOrder {
  readonly id: string
  readonly status: string
  readonly email: string | null
  readonly currency_code: string
  readonly total: number
  readonly tax_total: number
  readonly version: number
  readonly items: readonly { readonly id: string; readonly variant_sku: string | null; readonly quantity: number }[]
  readonly shipping_address: { readonly city: string } | null
  readonly customer: { readonly email: string } | null
  readonly metadata: Record<string, unknown>
}

/** Every order as Medusa's own Admin API answers it. */
async function ordersOf(world: HubWorld): Promise<MedusaOrder[]> {
  const { data } = await world.container.resolve("query").graph({
    entity: "order",
    fields: [
      "id",
      "status",
      "email",
      "metadata",
      "currency_code",
      "version",
      "total",
      "tax_total",
      "items.*",
      "items.tax_lines.*",
      "items.adjustments.*",
      "shipping_methods.*",
      "shipping_methods.tax_lines.*",
      "shipping_methods.adjustments.*",
      "credit_lines.*",
      "shipping_address.*",
      "customer.email",
      "summary.*",
    ],
  })
  // Medusa's amounts are objects that become numbers in an answer.
  return JSON.parse(JSON.stringify(data)) as MedusaOrder[]
}

const reserved = async (world: HubWorld): Promise<Record<string, number>> => {
  const rows = await world.query<{ sku: string; units: number; loose: number }>(
    `SELECT i.sku, sum(r.quantity)::int AS units FROM reservation_item r JOIN inventory_item i ON i.id = r.inventory_item_id
     WHERE r.deleted_at IS NULL GROUP BY 1 ORDER BY 1`
  )
  return Object.fromEntries(rows.map((row) => [row.sku, row.units]))
}

const issueCodes = async (world: HubWorld): Promise<string[]> =>
  (await world.query<{ code: string }>("SELECT code FROM hub_issue WHERE resolved_at IS NULL ORDER BY code")).map(
    ({ code }) => code
  )

const post = async (channel: RunningChannel, path: string, body: Body): Promise<void> => {
  const response = await fetch(channel.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }
}

const open = async (world: HubWorld, name = "One"): Promise<{ channel: RunningChannel; id: string }> => {
  const channel = await world.openChannel()
  return { channel, id: await world.connect(channel, { name }) }
}

export const orderCases = (medusa: MedusaSuite): void =>
  describe("orders", () => {
    const world = useWorld(medusa)

    it("come to the cent in the database", async () => {
      for (const sku of ["MUG", "TEA"]) {
        await world().setStock(sku, 0, 1_000)
      }
      const { channel } = await open(world())
      for (const name of CHOSEN) {
        await channel.order(bodyOf(fixture(name).order))
      }
      await world().ingest(CHOSEN.length)
      const made = await ordersOf(world())
      for (const name of CHOSEN) {
        const { order } = fixture(name)
        const found = made.find(({ metadata }) => metadata.hub_external_number === order.number)
        const decimals = (order.totals?.total.split(".")[1] ?? "").length
        expect([name, found?.total.toFixed(decimals), found?.tax_total.toFixed(decimals)]).toEqual([
          name,
          order.totals?.total,
          order.totals?.tax,
        ])
        expect(found).toMatchObject({
          status: "pending",
          currency_code: order.currencyCode,
          shipping_address: { city: "Bern" },
          customer: { email: "buyer@example.com" },
        })
      }
      expect(
        await world().query("SELECT check_state, held_at, count(*)::int AS orders FROM hub_channel_order GROUP BY 1, 2")
      ).toEqual([{ check_state: "equal", held_at: null, orders: CHOSEN.length }])
      expect(await issueCodes(world())).toEqual([])
    })

    it("are held with the difference line by line, and go on when a person lets them pass", async () => {
      const { channel } = await open(world())
      const { order } = fixture("one line, tax inside")
      await channel.order({ ...bodyOf(order), totals: { ...order.totals, total: "49.99" } })
      await world().ingest(1)
      const [held] = await ordersOf(world())
      expect(held).toMatchObject({ status: "requires_action", total: 49.98 })
      expect(await reserved(world())).toEqual({ MUG: 2 })
      expect(await issueCodes(world())).toEqual(["order-held"])
      const { client: admin } = await firstAdmin(world())
      const list = await admin.call<HubChannelOrdersResponse>("GET", "/admin/hub/orders?filter=held")
      expect(list.body).toMatchObject({
        counts: { all: 1, held: 1, flagged: 0 },
        orders: [{ external_number: order.number }],
      })
      const path = `/admin/hub/orders/${held?.id ?? ""}`
      expect((await admin.call<HubChannelOrderResponse>("GET", path)).body.channel_order).toMatchObject({
        check_state: "different",
        external_url: "https://channel.test/orders/1",
        reserved_units: 2,
        check: {
          differences: [{ what: "total", channel: "49.99", medusa: "49.98" }],
          lines: [{ channel: "49.98", medusa: "49.98", is_equal: true }],
        },
      })
      const released = await admin.call<HubChannelOrderResponse>("POST", `${path}/release`, {})
      expect(released.body.channel_order).toMatchObject({ held_at: null, check_state: "different" })
      expect((await ordersOf(world()))[0]?.status).toBe("pending")
      expect(await issueCodes(world())).toEqual([])
      expect((await admin.call("POST", `${path}/release`, {})).status).toBe(409)
      expect((await admin.call("POST", "/admin/hub/orders/order_nope/release", {})).status).toBe(404)
      // Cancelled as a whole, there is nothing left to look at.
      const other = await channel.order({ ...bodyOf(order), number: "#2", totals: { total: "1.00" } })
      await world().ingest(2)
      expect(await issueCodes(world())).toEqual(["order-held"])
      await channel.cancel(
        other?.id ?? "",
        (other?.lines ?? []).map(({ id, quantity }) => ({ line_id: id, quantity }))
      )
      await world().ingest(3)
      expect(await issueCodes(world())).toEqual([])
      expect((await admin.call<HubChannelOrdersResponse>("GET", "/admin/hub/orders")).body.counts.held).toBe(0)
      expect((await admin.call("GET", "/admin/hub/orders/order_nope")).status).toBe(404)
    })

    it("follow edits, cancellations and refunds of the channel", async () => {
      const { channel } = await open(world())
      const placed = await channel.order({
        lines: [
          { sku: "MUG", quantity: 4, unit_price: "9.00" },
          { sku: "TEA", quantity: 3, unit_price: "4.00" },
        ],
        totals: { total: "48.00" },
      })
      const [mugs, teas] = [placed?.lines[0]?.id ?? "", placed?.lines[1]?.id ?? ""]
      await world().ingest(1)
      const at = `/shop/orders/${placed?.id ?? ""}`
      await post(channel, `${at}/edit`, {
        lines: [{ line_id: mugs, quantity: 6 }],
        add: [
          { sku: "SET", quantity: 1, unit_price: "20.00", discounts: [{ amount: "5.00", code: "FIVE" }] },
          { service: true, title: "Gift wrap", quantity: 1, unit_price: "2.50" },
        ],
        totals: { total: "83.50" },
      })
      await world().ingest(2)
      expect(await reserved(world())).toEqual({ MUG: 8, TEA: 4 })
      expect(await ordersOf(world())).toMatchObject([{ status: "pending", total: 83.5, items: { length: 4 } }])
      // Half of the mugs are cancelled, and a tea is lost: it is given up by the order, but nobody else may have it.
      await post(channel, `${at}/refund`, { lines: [{ line_id: mugs, quantity: 3, restock: true, amount: "27.00" }] })
      await world().ingest(3)
      expect(await reserved(world())).toEqual({ MUG: 5, TEA: 4 })
      expect(await ordersOf(world())).toMatchObject([{ total: 56.5 }])
      await post(channel, `${at}/refund`, { lines: [{ line_id: teas, quantity: 1, restock: false, amount: "4.00" }] })
      await world().ingest(4)
      expect(await reserved(world())).toEqual({ MUG: 5, TEA: 4 })
      expect(
        await world().query(
          "SELECT quantity::int AS quantity FROM reservation_item WHERE line_item_id IS NULL AND deleted_at IS NULL"
        )
      ).toEqual([{ quantity: 1 }])
      expect(await ordersOf(world())).toMatchObject([{ total: 52.5, items: { length: 4 } }])
      expect(await issueCodes(world())).toEqual(["refunded-without-restock"])
      await channel.cancel(placed?.id ?? "", [
        { line_id: mugs, quantity: 3 },
        { line_id: teas, quantity: 2 },
      ])
      await world().ingest(5)
      // The set and the gift wrap are left, and the tea that nobody has found yet.
      expect(await reserved(world())).toEqual({ MUG: 2, TEA: 2 })
      expect(await ordersOf(world())).toMatchObject([{ total: 17.5, items: { length: 2 } }])
    })

    it("end the same however often and in whatever order their messages come, even if some do not", async () => {
      const seed = 7
      const random = lcg(seed)
      const { id } = await open(world())
      const versions = storyOf("shuffled")
      const messages = Array.from({ length: 10 }, (_, copy) => versions.map((data) => ({ data, copy }))).flat()
      for (let index = messages.length - 1; index > 0; index -= 1) {
        const other = Math.floor(random() * (index + 1))
        const [a, b] = [messages[index], messages[other]]
        if (a && b) {
          messages[index] = b
          messages[other] = a
        }
      }
      const arriving = messages.filter(() => random() >= 0.05)
      for (const { data, copy } of arriving) {
        expect(await send(world(), id, { id: `evt-${data.sequence}-${copy}`, type: "order.changed", data })).toBe(200)
      }
      await Promise.all([world().drain(), world().drain(), world().drain()])
      await world().drain()
      expect(await ordersOf(world())).toMatchObject([{ status: "pending", total: 25, items: { length: 2 } }])
      expect(await reserved(world())).toEqual({ MUG: 2, TEA: 1 })
    })

    it("from before the connection are imported without stock, and once", async () => {
      const channel = await world().openChannel({ initial_stock: 10 })
      for (const number of ["P-1", "P-2", "P-3"]) {
        await channel.order({
          number,
          placed_at: "2026-01-05T10:00:00.000Z",
          lines: [{ sku: "MUG", quantity: 1, unit_price: "9.00" }],
          totals: { total: "9.00" },
        })
      }
      const id = await world().connect(channel)
      const before = await world().shown(channel)
      const run = (): Promise<string> =>
        requestRun(world().sql, { kind: "import-orders", connectionId: id, scope: {}, requestedBy: "test" })
      const first = await run()
      await world().drain()
      await world().until(async () => {
        await world().drain()
        const [row] = await world().query<{ state: string }>("SELECT state FROM hub_run WHERE id = :first", { first })
        return row?.state === "succeeded"
      })
      expect(await ordersOf(world())).toMatchObject(
        Array.from({ length: 3 }, () => ({ status: "completed", total: 9, items: { length: 1 } }))
      )
      expect(await reserved(world())).toEqual({})
      expect(await world().shown(channel)).toEqual(before)
      const again = await run()
      await world().until(async () => {
        await world().drain()
        const [row] = await world().query<{ state: string }>("SELECT state FROM hub_run WHERE id = :again", { again })
        return row?.state === "succeeded-with-problems" || row?.state === "succeeded"
      })
      expect(await ordersOf(world())).toHaveLength(3)
      expect(
        await world().query("SELECT total_count, succeeded_count, skipped_count FROM hub_run WHERE id = :again", {
          again,
        })
      ).toEqual([{ total_count: 3, succeeded_count: 0, skipped_count: 3 }])
    })

    it("tell their channel of three parcels, each once", async () => {
      const { channel, id } = await open(world())
      await world().query(
        `UPDATE hub_connection SET order_rules = '{"carriers":{"manual_manual":"DHL"}}' WHERE id = :id`,
        { id }
      )
      const placed = await channel.order({
        lines: [
          { sku: "MUG", quantity: 2, unit_price: "9.00" },
          { sku: "SET", quantity: 1, unit_price: "20.00" },
        ],
      })
      await world().ingest(1)
      const [order] = await ordersOf(world())
      const option = await shippingOption(world())
      const locations = world().shop.locationIds
      const [mugs, set] = ["MUG", "SET"].map((sku) => order?.items.find((item) => item.variant_sku === sku)?.id ?? "")
      const parcels = [mugs ?? "", mugs ?? "", set ?? ""]
      for (const [index, itemId] of parcels.entries()) {
        const { result } = await createOrderFulfillmentWorkflow(world().container).run({
          input: {
            order_id: order?.id ?? "",
            location_id: locations[0] ?? "",
            shipping_option_id: option,
            items: [{ id: itemId, quantity: 1 }],
          },
        })
        await createOrderShipmentWorkflow(world().container).run({
          input: {
            order_id: order?.id ?? "",
            fulfillment_id: result.id,
            items: [{ id: itemId, quantity: 1 }],
            labels: [{ tracking_number: `T-${index}`, tracking_url: "#", label_url: "#" }],
          },
        })
      }
      // The channel takes the parcels, and no answer comes; then a worker dies with one of them.
      await post(channel, "/control/settings", { chaos: { drop_answer_rate: 1 } })
      await world().until(async () => {
        await noteParcels(world().sql)
        await world().drain()
        const rows = await world().query<{ attempts: number }>("SELECT attempts FROM hub_parcel")
        return rows.length === 3 && rows.every(({ attempts }) => attempts > 0)
      })
      expect(await world().query("SELECT DISTINCT state FROM hub_parcel")).toEqual([{ state: "waiting" }])
      await post(channel, "/control/settings", { chaos: { drop_answer_rate: 0 } })
      await world().query("UPDATE hub_parcel SET next_attempt_at = NULL, lease_token = 'dead', lease_until = now()")
      await world().query("UPDATE hub_lane SET not_before = NULL")
      await world().until(async () => {
        await world().drain()
        const rows = await world().query<{ state: string }>("SELECT state FROM hub_parcel")
        return rows.length === 3 && rows.every(({ state }) => state === "confirmed")
      })
      const { orders } = await channel.get<{ orders: { fulfilments: { tracking: unknown[]; lines: unknown[] }[] }[] }>(
        "/control/state"
      )
      expect(orders[0]?.fulfilments.map(({ tracking }) => tracking).sort(byNumber)).toEqual(
        [0, 1, 2].map((index) => [{ number: `T-${index}`, url: null, carrier: "DHL" }])
      )
      expect(orders[0]?.fulfilments.map(({ lines }) => lines.length)).toEqual([1, 1, 1])
      const { client: admin } = await firstAdmin(world())
      const found = await admin.call<HubChannelOrderResponse>("GET", `/admin/hub/orders/${order?.id ?? ""}`)
      expect(found.body.channel_order?.parcels.map(({ state }) => state)).toEqual([
        "confirmed",
        "confirmed",
        "confirmed",
      ])
      // One of the mugs comes back and can be sold again: it is in stock once, and the order still lists what was sent.
      const stocked = async (): Promise<number> =>
        (
          await world().query<{ stocked: number }>(
            `SELECT sum(l.stocked_quantity)::int AS stocked FROM inventory_level l JOIN inventory_item i ON i.id = l.inventory_item_id
             WHERE i.sku = 'MUG' AND l.deleted_at IS NULL`
          )
        )[0]?.stocked ?? 0
      const before = await stocked()
      await post(channel, `/shop/orders/${placed?.id ?? ""}/refund`, {
        lines: [{ line_id: placed?.lines[0]?.id ?? "", quantity: 1, restock: true, after_shipping: true }],
      })
      await world().until(async () => {
        await world().drain()
        return (await stocked()) !== before
      })
      await post(channel, `/shop/orders/${placed?.id ?? ""}/edit`, { lines: [] })
      await world().ingest(6)
      expect(await stocked()).toBe(before + 1)
      expect(await issueCodes(world())).toEqual(["order-line-cancelled-in-part"])
    })
  })
