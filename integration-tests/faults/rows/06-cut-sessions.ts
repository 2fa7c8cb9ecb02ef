import { setTimeout as sleep } from "node:timers/promises"
import type { FaultContext } from "../harness/fault-context"
import { FragileClient } from "../harness/fragile-client"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold } from "../harness/promise"

const ROUNDS = 20
const EVERY_MS = 200
const PATIENCE_MS = 60_000

const CUT_SQL = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = $1 AND application_name <> 'faults' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 2`

interface Victim {
  readonly isRunning: boolean
}

/** An administrator, a proxy or a failover cuts sessions, five times a second, while two workers work. */
async function cutSessions(context: FaultContext, extra: (databaseUrl: string) => Promise<Victim | null>) {
  return inWorld(context, {}, async (world) => {
    const workers = [await world.worker("first"), await world.worker("second")]
    const other = await extra(world.databaseUrl)
    const victims: readonly Victim[] = other ? [...workers, other] : workers
    await Promise.all(workers.map((worker) => worker.begin()))
    let cut = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const quantities = { P01: round, P02: 100 - round, P07: Math.floor(context.random() * 50) }
      await world.setStock(quantities).catch(() => undefined)
      cut += (await context.server.admin<object>(CUT_SQL, [world.database])).length
      await sleep(EVERY_MS)
    }
    hold(cut >= ROUNDS, `Sessions were cut (${cut})`)
    await world.setStock({ P01: 5, P02: 6, P07: 7 })
    hold(
      victims.every((victim) => victim.isRunning),
      "Every process survives the loss of its sessions"
    )
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `${cut} sessions cut`
  })
}

export const cutSessionsRow: FaultRow = {
  row: "6",
  title: "sessions of the database are terminated, five times a second",
  inNpmTest: false,
  needsShop: false,
  run: (context) => cutSessions(context, async () => null),
  // A process whose pool nobody listens to when it breaks.
  control: (context) => cutSessions(context, (databaseUrl) => FragileClient.start(databaseUrl)),
}
