import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { findLostMessages, holdTruth } from "../harness/oracle"
import { hold, holdNone, within } from "../harness/promise"
import { WebhookLoad } from "../harness/webhook-load"

const BEFORE_CRASH = 80
const RECOVER_MS = 60_000
/** Senders hang up after five seconds; some hear their answer from a connection that was cut. */
const REFUSE_MS = 8_000

export interface CrashReport {
  readonly answered: number
  /** Ids that were answered 200 and are gone. */
  readonly lost: readonly string[]
  readonly refused: number
  readonly recoveredAfterMs: number
}

/** Postgres stops at once under a stream of messages, and comes back. Then everything has to work on as before. */
export async function crashDatabase(context: FaultContext, name: string, isSynchronous: boolean): Promise<CrashReport> {
  const shared = await context.shop()
  const { world } = shared
  const { server } = context
  const durability = isSynchronous ? "on" : "off"
  await server.admin(`ALTER DATABASE "${world.database}" SET synchronous_commit = ${durability}`)
  // What is not synced at once is synced by the writer some time later: long enough later that the crash comes between.
  await server.admin(`ALTER SYSTEM SET wal_writer_delay = '${isSynchronous ? "200ms" : "10s"}'`)
  await server.admin("SELECT pg_reload_conf()")
  await server.admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [world.database])
  const shop = await shared.shop()
  const channel = await shared.connect({ name })
  // The row itself has to be on disk whatever becomes of the messages.
  await server.admin("CHECKPOINT")
  const load = new WebhookLoad(shop.url, channel)
  const recoveredAfterMs = await load.during(async () => {
    await within(RECOVER_MS, `${BEFORE_CRASH} messages are taken in`, () => load.answered.length >= BEFORE_CRASH)
    await server.crash()
    const refused = load.count(503)
    try {
      await within(
        REFUSE_MS,
        "messages are refused with 503 while the database is away",
        () => load.count(503) > refused
      )
    } finally {
      // Whatever came of it: the rows after this one need a database.
      await server.recover()
    }
    const again = load.answered.length
    return within(RECOVER_MS, "messages are taken in again", () => load.answered.length > again + 20)
  })
  hold(shop.isRunning, `Medusa survived. Its last words: ${shop.lastWords}`)
  const report = {
    answered: load.answered.length,
    lost: await findLostMessages(world, channel, load.answered),
    refused: load.count(503),
    recoveredAfterMs,
  }
  await world.setStock({ P02: 4 })
  await within(RECOVER_MS, "the engine writes again", async () => (await channel.shown("L-P02")) === 4)
  await world.quiet(RECOVER_MS)
  await holdTruth(world)
  await shared.disconnect(channel)
  return report
}

export const databaseCrashRow: FaultRow = {
  row: "4",
  title: "Postgres stops at once and starts again under load",
  inNpmTest: false,
  needsShop: true,
  run: async (context) => {
    const report = await crashDatabase(context, "Row 4", true)
    holdNone(report.lost, "No message that was answered 200 is lost")
    return `0 of ${report.answered} lost, ${report.refused} answered 503, back after ${Math.round(report.recoveredAfterMs)} ms`
  },
  control: async (context) => {
    const report = await crashDatabase(context, "Row 4 control", false)
    holdNone(report.lost, "No message that was answered 200 is lost")
  },
}
