import { Client } from "@medusajs/framework/pg"
import { LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const WANTED = 300
const PATIENCE_MS = 60_000
const CONTROL_MS = 3 * LEASE_MS

/** Takes every session that the server has to give. */
async function takeAllSessions(url: string): Promise<Client[]> {
  const taken: Client[] = []
  for (let index = 0; index < WANTED; index += 1) {
    const client = new Client({ connectionString: url })
    client.on("error", () => undefined)
    try {
      await client.connect()
      taken.push(client)
    } catch {
      return taken
    }
  }
  return taken
}

async function exhaust(context: FaultContext, givesBack: boolean): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const worker = await (await world.worker("worker")).begin()
    const admin = new Client({ connectionString: context.server.url("postgres") })
    await admin.connect()
    const hoarded: Client[] = await takeAllSessions(context.server.url("postgres"))
    try {
      await world.setStock({ P01: 1, P02: 2 })
      // The worker loses the sessions that it has, and there are no others.
      await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [world.database])
      hoarded.push(...(await takeAllSessions(context.server.url("postgres"))))
      hold(hoarded.length > 100, `Every session is taken (${hoarded.length})`)
      await within(PATIENCE_MS, "the worker says that it cannot work", () =>
        worker.lines.some((line) => /too many clients|remaining connection slots/.test(line))
      )
      if (givesBack) {
        await Promise.all(hoarded.splice(0).map((client) => client.end()))
      }
      const tookMs = await within(
        givesBack ? PATIENCE_MS : CONTROL_MS,
        "the channel shows the new numbers",
        async () => {
          const [one, two] = [await world.channel.shown("L-P01"), await world.channel.shown("L-P02")]
          return one === 1 && two === 2
        }
      )
      hold(worker.isRunning, "The worker survives")
      await world.quiet(PATIENCE_MS)
      await holdTruth(world)
      return `recovered after ${Math.round(tookMs)} ms`
    } finally {
      await Promise.all(hoarded.map((client) => client.end()))
      await admin.end()
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
