import { Client } from "@medusajs/framework/pg"
import { isTakenOnce, openUnits, readListingStates, readTakenOrders } from "../../../scripts/demo/truth"
import type { FaultChannel } from "./fault-channel"
import type { FaultWorld } from "./fault-world"
import { holdNone } from "./promise"

/** Units reserved at each level, against what the reservations there add up to. */
const LEDGER_SQL = `
  SELECT level.inventory_item_id, level.location_id, level.reserved_quantity::float8 AS said, COALESCE(sum(r.quantity), 0)::float8 AS counted
  FROM inventory_level level
  LEFT JOIN reservation_item r ON r.inventory_item_id = level.inventory_item_id AND r.location_id = level.location_id
    AND r.deleted_at IS NULL
  WHERE level.deleted_at IS NULL
  GROUP BY level.id HAVING level.reserved_quantity <> COALESCE(sum(r.quantity), 0)`

const MISSING_SQL = `
  SELECT given.id FROM unnest($2::text[]) AS given(id)
  WHERE NOT EXISTS (SELECT 1 FROM hub_inbox_event e WHERE e.connection_id = $1 AND e.event_id = given.id)`

export interface OracleOptions {
  /** Listings that the row itself says cannot be right, such as one that the channel refuses. */
  readonly except?: ReadonlySet<string>
}

async function wrongListings(db: Client, channel: FaultChannel, except: ReadonlySet<string>): Promise<string[]> {
  const { stock } = await channel.state()
  const shown = new Map(stock.map((slot) => [slot.listing_id, slot.quantity]))
  const rows = await readListingStates(db, channel.connectionId)
  return rows
    .filter((row) => !except.has(row.external_id))
    .flatMap((row) => {
      const where = `${channel.name} ${row.external_id}`
      const remote = shown.get(row.external_id)
      return [
        ...(remote === row.expected ? [] : [`${where} shows ${remote}, the stock gives ${row.expected}`]),
        ...(row.acked === remote ? [] : [`${where} is believed to show ${row.acked}, it shows ${remote}`]),
        ...(row.state === "in-sync" ? [] : [`${where} is ${row.state}`]),
      ]
    })
}

async function wrongOrders(db: Client, channel: FaultChannel): Promise<string[]> {
  const { orders } = await channel.state()
  const taken = new Map((await readTakenOrders(db, channel.connectionId)).map((row) => [row.external_id, row]))
  return orders.flatMap((order) => {
    const row = taken.get(order.id)
    const isReserved = row?.reserved === openUnits(order)
    return [
      ...(isTakenOnce(order, row) ? [] : [`${order.id} is ${row?.orders ?? 0} orders`]),
      ...(isReserved || row === undefined ? [] : [`${order.id} has ${row.reserved} of ${openUnits(order)} reserved`]),
    ]
  })
}

async function inDatabase<Found>(world: FaultWorld, work: (db: Client) => Promise<Found>): Promise<Found> {
  const db = new Client({ connectionString: world.databaseUrl })
  db.on("error", () => undefined)
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}

/** Listings whose channel does not show what the stock gives, or of which the hub believes something else. */
export const findWrongListings = (world: FaultWorld, { except = new Set() }: OracleOptions = {}): Promise<string[]> =>
  inDatabase(world, async (db) => {
    const found: string[] = []
    for (const channel of world.channels) {
      found.push(...(await wrongListings(db, channel, except)))
    }
    return found
  })

/** Ids that were answered 200 and are not in the inbox. */
export const findLostMessages = (world: FaultWorld, channel: FaultChannel, answered: readonly string[]) =>
  inDatabase(world, async (db) =>
    (await db.query<{ id: string }>(MISSING_SQL, [channel.connectionId, answered])).rows.map(({ id }) => id)
  )

/**
 * What has to be so at the end of every row: every channel shows what the stock gives (so that nothing is exposed beyond
 * it), the hub believes what is so, reservations add up, every order of a channel is one order here.
 */
export async function holdTruth(world: FaultWorld, options: OracleOptions = {}): Promise<void> {
  holdNone(await findWrongListings(world, options), "Every channel shows what the stock gives")
  await inDatabase(world, async (db) => {
    const { rows } = await db.query<{ inventory_item_id: string; said: number; counted: number }>(LEDGER_SQL)
    holdNone(
      rows.map((row) => `${row.inventory_item_id}: ${row.said} reserved, reservations of ${row.counted}`),
      "Reservations add up"
    )
    for (const channel of world.channels) {
      holdNone(await wrongOrders(db, channel), `Every order of ${channel.name} is one order`)
    }
  })
  for (const channel of world.channels) {
    const { validation_errors: broken } = await channel.stats()
    holdNone(broken === 0 ? [] : [`${broken} requests`], `${channel.name} was asked by its rules`)
  }
}
