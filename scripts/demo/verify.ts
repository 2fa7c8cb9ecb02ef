import { recompute } from "../../src/lib/quantity"
import type { Client } from "@medusajs/framework/pg"
import { isTakenOnce, openUnits, readListingStates, readTakenOrders, type ChannelState } from "./truth"
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

const EXPLANATIONS_SQL = `
  SELECT quantity, inputs, length(inputs::text) AS bytes, id FROM hub_explanation
  WHERE connection_id = $1 AND id > $2 ORDER BY id LIMIT 5000`

async function verifyStates(db: Client, connectionId: string, channel: ChannelState) {
  const shown = new Map(channel.stock.map((slot) => [`${slot.listing_id} ${slot.location_id}`, slot.quantity]))
  const rows = await readListingStates(db, connectionId)
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
  const known = new Map((await readTakenOrders(db, connectionId)).map((row) => [row.external_id, row]))
  let ordersNotOnce = 0
  let reservationsThatDiffer = 0
  for (const order of channel.orders) {
    const row = known.get(order.id)
    ordersNotOnce += isTakenOnce(order, row) ? 0 : 1
    reservationsThatDiffer += row && row.reserved !== openUnits(order) ? 1 : 0
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
