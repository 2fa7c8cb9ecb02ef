import { recompute } from "../../src/lib/quantity"
import type { Client } from "@medusajs/framework/pg"
import type { RunningChannel } from "./worlds/simulators"

/** What the end of a replay has to show. Every count of something wrong has to be 0. */
export interface Verification {
  readonly listings: number
  /** Listing states that the hub itself does not call in sync. */
  readonly notInSync: number
  /** Listing states whose accepted number is not the number on the channel. */
  readonly differentOnChannel: number
  /** Listing states whose accepted number is not what the stock gives now, computed independently in SQL. */
  readonly differentFromStock: number
  readonly explanations: number
  /** Numbers that were sent and are not the value of their stored explanation. */
  readonly explanationsThatDiffer: number
  readonly bytesPerExplanation: number
  readonly channelOrders: number
  /** Orders on channels that are not exactly one order in Medusa. */
  readonly ordersNotOnce: number
  /** Line items of live orders whose reservations are not what the channel sold. */
  readonly reservationsThatDiffer: number
  /** Requests of the hub that broke a channel's rules. */
  readonly brokenRules: number
}

interface ChannelState {
  readonly stock: readonly { readonly listing_id: string; readonly location_id: string; readonly quantity: number }[]
  readonly orders: readonly {
    readonly id: string
    readonly lines: readonly {
      readonly listing_id: string | null
      readonly quantity: number
      readonly cancelled_quantity: number
    }[]
  }[]
}

interface StateRow {
  readonly external_id: string
  readonly external_location_id: string
  readonly acked: number | null
  readonly state: string
  readonly expected: number
}

/** A second opinion on simple listings and kits alike, with nothing of the hub's own code in it. */
const STATES_SQL = `
  SELECT l.external_id, s.external_location_id, s.acked, s.state,
    floor(GREATEST(0, COALESCE((
      SELECT sum(place.units) FROM (
        SELECT m.stock_location_id, min(floor((COALESCE(lvl.stocked_quantity, 0) - COALESCE(lvl.reserved_quantity, 0)) / kit.required_quantity)) AS units
        FROM hub_location_mapping m
        JOIN product_variant_inventory_item kit ON kit.variant_id = l.variant_id AND kit.deleted_at IS NULL
        LEFT JOIN inventory_level lvl ON lvl.inventory_item_id = kit.inventory_item_id AND lvl.location_id = m.stock_location_id AND lvl.deleted_at IS NULL
        WHERE m.connection_id = s.connection_id AND m.external_location_id = s.external_location_id AND m.deleted_at IS NULL
        GROUP BY 1
      ) place), 0)) / l.pack_size)::int AS expected
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id
  WHERE s.connection_id = $1 AND s.deleted_at IS NULL`

const EXPLANATIONS_SQL = `
  SELECT quantity, inputs, length(inputs::text) AS bytes, id FROM hub_explanation
  WHERE connection_id = $1 AND id > $2 ORDER BY id LIMIT 5000`

const ORDERS_SQL = `
  SELECT x.external_id, count(o.id)::int AS orders,
    COALESCE((SELECT sum(r.quantity) FROM reservation_item r JOIN order_item i ON i.item_id = r.line_item_id
      WHERE i.order_id = x.internal_id AND i.deleted_at IS NULL AND r.deleted_at IS NULL), 0)::float8 AS reserved
  FROM hub_external_reference x LEFT JOIN "order" o ON o.id = x.internal_id
  WHERE x.connection_id = $1 AND x.entity = 'order' AND x.deleted_at IS NULL
  GROUP BY x.external_id, x.internal_id`

async function verifyStates(db: Client, connectionId: string, channel: ChannelState) {
  const shown = new Map(channel.stock.map((slot) => [`${slot.listing_id} ${slot.location_id}`, slot.quantity]))
  const { rows } = await db.query<StateRow>(STATES_SQL, [connectionId])
  return {
    listings: rows.length,
    notInSync: rows.filter((row) => row.state !== "in-sync").length,
    differentOnChannel: rows.filter((row) => shown.get(`${row.external_id} ${row.external_location_id}`) !== row.acked)
      .length,
    differentFromStock: rows.filter((row) => row.acked !== row.expected).length,
  }
}

async function verifyExplanations(db: Client, connectionId: string) {
  let last = ""
  let explanations = 0
  let explanationsThatDiffer = 0
  let bytes = 0
  for (;;) {
    const { rows } = await db.query<{ id: string; quantity: number; inputs: unknown; bytes: number }>(
      EXPLANATIONS_SQL,
      [connectionId, last]
    )
    for (const row of rows) {
      const again = recompute(row.inputs)
      const isSame = again.ok && again.value.kind === "show" && again.value.quantity === row.quantity
      explanationsThatDiffer += isSame ? 0 : 1
      bytes += row.bytes
    }
    explanations += rows.length
    last = rows.at(-1)?.id ?? ""
    if (last === "") {
      return { explanations, explanationsThatDiffer, bytes }
    }
  }
}

async function verifyOrders(db: Client, connectionId: string, channel: ChannelState) {
  const { rows } = await db.query<{ external_id: string; orders: number; reserved: number }>(ORDERS_SQL, [connectionId])
  const known = new Map(rows.map((row) => [row.external_id, row]))
  let ordersNotOnce = 0
  let reservationsThatDiffer = 0
  for (const order of channel.orders) {
    const row = known.get(order.id)
    const open = order.lines.reduce(
      (sum, line) => sum + (line.listing_id ? line.quantity - line.cancelled_quantity : 0),
      0
    )
    // An order that was cancelled before the hub saw it needs no order of ours; one that the hub has taken over has one.
    const mayBeAbsent = order.lines.every((line) => line.cancelled_quantity === line.quantity)
    ordersNotOnce += row && (row.orders === 1 || (row.orders === 0 && mayBeAbsent)) ? 0 : 1
    reservationsThatDiffer += row && row.reserved !== open ? 1 : 0
  }
  return { channelOrders: channel.orders.length, ordersNotOnce, reservationsThatDiffer }
}

const COUNTS = [
  "listings",
  "notInSync",
  "differentOnChannel",
  "differentFromStock",
  "explanations",
  "explanationsThatDiffer",
  "bytes",
  "channelOrders",
  "ordersNotOnce",
  "reservationsThatDiffer",
  "brokenRules",
] as const

type Counts = Record<(typeof COUNTS)[number], number>

const NOTHING: Counts = {
  listings: 0,
  notInSync: 0,
  differentOnChannel: 0,
  differentFromStock: 0,
  explanations: 0,
  explanationsThatDiffer: 0,
  bytes: 0,
  channelOrders: 0,
  ordersNotOnce: 0,
  reservationsThatDiffer: 0,
  brokenRules: 0,
}

function add(total: Counts, part: Partial<Counts>): Counts {
  const sum = { ...total }
  for (const name of COUNTS) {
    sum[name] += part[name] ?? 0
  }
  return sum
}

/** Compares hub, channels and Medusa with each other, each by its own word. Assumes packs and kits of whole units only. */
export async function verify(
  db: Client,
  channels: readonly { readonly connectionId: string; readonly running: RunningChannel }[]
): Promise<Verification> {
  let total = NOTHING
  for (const { connectionId, running } of channels) {
    const channel = await running.get<ChannelState>("/control/state")
    const stats = await running.get<{ validation_errors: number }>("/control/stats")
    total = add(total, await verifyStates(db, connectionId, channel))
    total = add(total, await verifyExplanations(db, connectionId))
    total = add(total, await verifyOrders(db, connectionId, channel))
    total = add(total, { brokenRules: stats.validation_errors })
  }
  const { bytes, ...counts } = total
  return { ...counts, bytesPerExplanation: Math.round(bytes / Math.max(1, counts.explanations)) }
}

/** Names of the counts that should be 0 and are not. */
export const findings = (verification: Verification): string[] =>
  (
    [
      "notInSync",
      "differentOnChannel",
      "differentFromStock",
      "explanationsThatDiffer",
      "ordersNotOnce",
      "reservationsThatDiffer",
      "brokenRules",
    ] as const
  )
    .filter((name) => verification[name] !== 0)
    .map((name) => `${name}: ${verification[name]}`)
