import { randomUUID } from "node:crypto"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { tellOrder } from "../harness/orders"
import { findWrongListings } from "../harness/oracle"
import { hold, holdNone } from "../harness/promise"
import { sendWebhook } from "../harness/webhook-load"

const PATIENCE_MS = 180_000
/** How many of the 720 orders of six events are tried besides all orders of four. */
const SAMPLES = 6

/** Every order of a list. */
function permutations<T>(items: readonly T[]): T[][] {
  return items.length <= 1
    ? [[...items]]
    : items.flatMap((item, index) =>
        permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest])
      )
}

/** Cancelled units after each event: an order of five units, given back in steps. */
const LIVES: readonly (readonly number[])[] = [
  [0, 1, 3, 5],
  [0, 1, 2, 2, 3, 4],
]

/* An order has its items once for each of its versions. */
const RESERVED_SQL = `
  SELECT x.external_id, COALESCE(sum(r.quantity), 0)::int AS reserved, count(DISTINCT o.id)::int AS orders
  FROM hub_external_reference x LEFT JOIN "order" o ON o.id = x.internal_id
  LEFT JOIN (SELECT DISTINCT order_id, item_id FROM order_item WHERE deleted_at IS NULL) i ON i.order_id = o.id
  LEFT JOIN reservation_item r ON r.line_item_id = i.item_id AND r.deleted_at IS NULL
  WHERE x.connection_id = :connectionId AND x.entity = 'order' GROUP BY 1`

/** The events of an order arrive in every order, the cancellation before the order included. */
async function shuffle(context: FaultContext, name: string, isComplete: boolean): Promise<string> {
  const shared = await context.shop()
  const { world } = shared
  const shop = await shared.shop()
  const channel = await shared.connect({ name })
  try {
    const [short = [], long = []] = LIVES
    const longOnes = permutations(long.map((_, version) => version))
    const arrivals = [
      ...permutations(short.map((_, version) => version)).map((order) => ({ life: short, order })),
      ...Array.from({ length: SAMPLES }, () => ({
        life: long,
        order: longOnes[Math.floor(context.random() * longOnes.length)] ?? [],
      })),
    ]
    const expected = new Map<string, number>()
    await Promise.all(
      arrivals.map(async ({ life, order }) => {
        const id = `order-${randomUUID()}`
        expected.set(id, 5 - (life.at(-1) ?? 0))
        const last = life.length - 1
        for (const version of isComplete ? order : order.filter((arriving) => arriving !== last)) {
          const lines = [{ sku: "P39", quantity: 5, cancelled: life[version] ?? 0 }]
          const data = tellOrder(id, version + 1, lines)
          const status = await sendWebhook(shop.url, channel, { id: `${id}-${version}`, type: "order.changed", data })
          hold(status === 200, `Event ${version} of ${id} is taken in, not ${status}`)
        }
      })
    )
    await world.quiet(PATIENCE_MS)
    const rows = await world.query<{ external_id: string; reserved: number; orders: number }>(RESERVED_SQL, {
      connectionId: channel.connectionId,
    })
    const found = new Map(rows.map((row) => [row.external_id, row]))
    holdNone(
      [...expected].flatMap(([id, units]) => {
        const row = found.get(id)
        const isRight = row?.reserved === units && row.orders <= 1
        return isRight ? [] : [`${id} has ${row?.reserved} units in ${row?.orders} orders, the channel says ${units}`]
      }),
      "Every order ends as the channel says, in whatever order it was told"
    )
    holdNone(await findWrongListings(world), "Every channel shows what the stock gives")
    return `${arrivals.length} orders of arrival`
  } finally {
    await shared.disconnect(channel)
  }
}

export const outOfOrderRow: FaultRow = {
  row: "18",
  title: "webhooks of an order arrive in every order",
  inNpmTest: false,
  needsShop: true,
  run: (context) => shuffle(context, "Row 18", true),
  // The last event of every order never comes.
  control: (context) => shuffle(context, "Row 18 control", false),
}
