import { ModulesSdkUtils } from "@medusajs/framework/utils"
import type * as DispatcherModule from "../../../src/engine/dispatcher"
import type * as SweepModule from "../../../src/engine/sweep"
import type { Sql } from "../../../src/engine/sql"
import { HubModules } from "../../../src/types/modules"
import { lightContainer, loadFrom } from "./light-container"
import { plantBug } from "./planted-bugs"
import { WORKER_VARIABLE, workerSettingsSchema, type WorkerSettings } from "./worker-settings"

/*
 * One engine worker: the production dispatcher in a process of its own that may be killed, stopped or told to end. It takes
 * no orders, because those need Medusa; the rows about orders run a whole Medusa.
 */

function shiftClock(offsetMs: number): void {
  const RealDate = Date
  if (offsetMs === 0) {
    return
  }
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[]): object =>
      given.length === 0 ? new RealDate(RealDate.now() + offsetMs) : (Reflect.construct(target, given) as object),
    get: (target, name, receiver): unknown =>
      name === "now" ? () => RealDate.now() + offsetMs : Reflect.get(target, name, receiver),
  })
}

function openPool(settings: WorkerSettings): Sql {
  return ModulesSdkUtils.createPgConnection({
    clientUrl: settings.databaseUrl,
    driverOptions: { ssl: false, application_name: settings.name },
    pool: { min: 0, max: 8 },
  }) as Sql
}

async function main(): Promise<void> {
  const settings = workerSettingsSchema.parse(JSON.parse(process.env[WORKER_VARIABLE] ?? "{}"))
  const log = (line: string): void => {
    process.stdout.write(`${line}\n`)
  }
  shiftClock(settings.clockOffsetMs)
  if (settings.plantedBug !== null) {
    plantBug(settings.plantedBug, settings.source)
  }
  const sql = openPool(settings)
  const container = lightContainer({ ...settings, sql, log })
  const { Dispatcher } = loadFrom<typeof DispatcherModule>(settings.source, "src/engine/dispatcher")
  const { sweep } = loadFrom<typeof SweepModule>(settings.source, "src/engine/sweep")
  const dispatcher = new Dispatcher(container, settings.engine)
  let sweeper: NodeJS.Timeout | undefined

  const begin = (): void => {
    dispatcher.start()
    if (settings.sweepEveryMs !== null) {
      sweeper = setInterval(() => {
        sweep(container).catch((error: unknown) => log(`sweep: ${String(error)}`))
      }, settings.sweepEveryMs)
    }
    process.send?.("begun")
  }
  const end = (): void => {
    clearInterval(sweeper)
    void dispatcher
      .stop()
      .then(() => container.resolve<{ outbound: { stop(): Promise<void> } | null }>(HubModules.SYNC).outbound?.stop())
      .then(() => sql.destroy())
      .then(() => process.exit(0))
  }
  process.once("SIGTERM", end)
  // The parent is gone: nobody would end this process otherwise.
  process.once("disconnect", () => process.exit(1))
  process.on("message", (message) => {
    if (message === "begin") {
      begin()
    } else if (message === "memory") {
      process.send?.({ rss: process.memoryUsage().rss })
    }
  })
  await sql.raw("SELECT 1")
  process.send?.("ready")
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
})
