import { Client } from "@medusajs/framework/pg"
import { LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const WANTED = 300
const PATIENCE_MS = 60_000
const CONTROL_MS = 2 * LEASE_MS

/** Ends every other session of this database and waits until it is gone. */
const CUT_SQL = `
  SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`

async function openSession(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on("error", () => undefined)
  await client.connect()
  return client
}

/** Takes every session that the server still has to give. */
async function takeSessions(url: string, taken: Client[]): Promise<void> {
  while (taken.length < WANTED) {
    try {
      taken.push(await openSession(url))
    } catch {
      return
    }
  }
}

/** Others take every session that the server has, and the hub loses those that it had. */
async function exhaust(context: FaultContext, givesBack: boolean): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const worker = await (await world.worker("worker")).begin()
    const url = context.server.url("postgres")
    const shopkeeper = await openSession(world.databaseUrl)
    const hoarded: Client[] = []
    try {
      await within(PATIENCE_MS, "the hub has no session left and can get none", async () => {
        await takeSessions(url, hoarded)
        const { rows } = await shopkeeper.query(CUT_SQL)
        await takeSessions(url, hoarded)
        return rows.length === 0
      })
      hold(hoarded.length > 100, `Every session is taken (${hoarded.length})`)
      await shopkeeper.query(`UPDATE inventory_level SET stocked_quantity = 1, raw_stocked_quantity = '{"value":"1","precision":20}'
        WHERE stocked_quantity > 0 AND inventory_item_id IN (SELECT id FROM inventory_item WHERE sku IN ('P01', 'P02'))`)
      if (givesBack) {
        await Promise.all(hoarded.splice(0).map((client) => client.end()))
      }
      const tookMs = await within(
        givesBack ? PATIENCE_MS : CONTROL_MS,
        "the channel shows the new numbers",
        async () => {
          const [one, two] = [await world.channel.shown("L-P01"), await world.channel.shown("L-P02")]
          return one === 1 && two === 1
        }
      )
      hold(worker.isRunning, "The worker survives")
      await world.quiet(PATIENCE_MS)
      await holdTruth(world)
      return `worked again ${Math.round(tookMs)} ms after the sessions were given back`
    } finally {
      await Promise.all(hoarded.map((client) => client.end()))
      await shopkeeper.end()
    }
  })
}

export const noSessionsLeftRow: FaultRow = {
  row: "7",
  title: "every session of the database is taken by others",
  inNpmTest: false,
  needsShop: false,
  isAlone: true,
  run: (context) => exhaust(context, true),
  control: (context) => exhaust(context, false),
}
