import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "@medusajs/framework/pg"
import type { DemoOptions } from "./options"
import { findFreePort } from "./ports"
import { listingId, readReplay, settingsOf } from "./replay-input"
import { reportReplay, type ReplayReport } from "./report"
import { AdminApi } from "./shop/admin-api"
import { deal } from "./shop/catalogue"
import { connectChannels } from "./shop/connect-channels"
import { startMedusa } from "./shop/medusa-process"
import { prepareShop } from "./shop/prepare-shop"
import type { Stage } from "./stage"
import type { ProgressBars } from "./terminal/progress-bars"
import type { ReplayItem } from "./transactions/plan-replay"
import { findings, verify, type Verification } from "./verify"
import { DEMO_CHANNELS } from "./worlds/channels"
import { NaiveSubscriber } from "./worlds/naive-subscriber"
import { runReplay, World } from "./worlds/replay"
import { SalesLedger } from "./worlds/sales-ledger"
import { startChannels, type RunningChannel } from "./worlds/simulators"
import { Warehouse } from "./worlds/warehouse"

const DATABASE = "hub_replay"
/** At speed `max` the next buyer comes when fewer than so many orders are not taken over yet … */
const MOST_WAITING = 1
/** … and no channel has waited longer than this for a number. So buyers come as fast as hub and channels can follow. */
const OLDEST_PENDING_SECONDS = 0.5
const SETTLE_TIMEOUT_MS = 10 * 60_000
const NAIVE_SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`

const BEHIND_SQL = `
  SELECT (SELECT count(*) FROM hub_external_reference WHERE entity = 'order' AND external_version > 0)::int AS taken_over,
    COALESCE((SELECT extract(epoch FROM clock_timestamp() - min(LEAST(stale_since, claimed_since)))
      FROM hub_listing_state WHERE stale_version > acked_version), 0)::float8 AS oldest_pending`

const BUSY_SQL = `
  SELECT (SELECT count(*) FROM hub_inbox_event WHERE state = 'accepted')
       + (SELECT count(*) FROM hub_stock_change)
       + (SELECT count(*) FROM hub_listing_state WHERE state IN ('pending', 'conflict')) AS busy`

/** Waits until hub and channels have kept up well enough for the next buyer. */
async function keepUp(db: Client, placed: () => number): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ taken_over: number; oldest_pending: number }>(BEHIND_SQL)
    const [behind] = rows
    if (behind && placed() - behind.taken_over < MOST_WAITING && behind.oldest_pending < OLDEST_PENDING_SECONDS) {
      return
    }
    await sleep(10)
  }
}

/** Waits until nothing is on its way: no webhook, no message, no change, no write. */
async function settle(db: Client, channels: readonly RunningChannel[]): Promise<void> {
  const deadline = Date.now() + SETTLE_TIMEOUT_MS
  let quiet = 0
  while (quiet < 3) {
    const { rows } = await db.query<{ busy: string }>(BUSY_SQL)
    const stats = await Promise.all(
      channels.map((channel) => channel.get<{ webhooks_waiting: number }>("/control/stats"))
    )
    const isQuiet = Number(rows[0]?.busy) === 0 && stats.every((stat) => stat.webhooks_waiting === 0)
    quiet = isQuiet ? quiet + 1 : 0
    if (Date.now() > deadline) {
      throw new Error(
        `The channels did not settle within ten minutes (${rows[0]?.busy} still under way). See .hub/demo/logs/medusa.log.`
      )
    }
    await sleep(100)
  }
}

type Verified = Parameters<typeof verify>[1]

/** The sweep of every minute marks what has changed lately, for a moment, and it does not ask whether we are counting. */
const MOST_LOOKS = 3

/** Checks everything once nothing is on its way. What is not in sync then is looked at again; what is wrong stays wrong. */
async function verifySettled(db: Client, channels: Verified): Promise<Verification> {
  for (let looks = 1; ; looks += 1) {
    await settle(
      db,
      channels.map(({ running }) => running)
    )
    const verification = await verify(db, channels)
    if (verification.notInSync === 0 || looks === MOST_LOOKS) {
      return verification
    }
  }
}

/**
 * Replays a log through the hub and, at the same moments, past a naive subscriber; then checks everything against
 * everything.
 *
 * @returns 0 when every check holds and the hub oversold less than the baseline, 1 otherwise
 */
export async function runHeadless(
  stage: Stage,
  options: DemoOptions,
  bars: ProgressBars,
  isStopped: () => boolean
): Promise<number> {
  const replay = await readReplay(options, bars)
  stage.stamps.set(`${DATABASE}.seeded`, "")
  await prepareShop({
    environment: stage.environment(DATABASE, false),
    postgres: stage.postgres,
    database: DATABASE,
    stamps: stage.stamps,
    seed: {
      ...stage.login,
      channels: DEMO_CHANNELS.map((channel) => channel.name),
      products: replay.items.map((item) => ({
        sku: item.sku,
        title: item.title,
        price: item.price,
        stock: deal(item.opening),
        parts: [],
      })),
    },
    progress: bars.show,
  })
  const cleanUp: (() => Promise<void> | void)[] = []
  try {
    const [hubSide, naiveSide] = await Promise.all([
      startChannels(settingsOf(replay.items)),
      startChannels(naiveSettings(replay.items)),
    ])
    cleanUp.push(
      () => hubSide.stop(),
      () => naiveSide.stop()
    )
    const medusa = await startMedusa(stage.environment(DATABASE, false), await findFreePort(9_000))
    cleanUp.push(() => medusa.stop())
    const db = new Client({ connectionString: stage.postgres.url(DATABASE) })
    // A session that the server ends must not end this process: whoever uses it next is told.
    db.on("error", () => undefined)
    await db.connect()
    cleanUp.push(() => db.end())
    const api = await AdminApi.open(medusa.url, stage.login)
    bars.show("Connect channels", 0, 1)
    const ids = await Promise.race([
      medusa.died,
      connectChannels(
        api,
        DEMO_CHANNELS.map((demo, index) => ({ demo, running: hubSide.channels[index] as RunningChannel }))
      ),
    ])
    await settle(db, hubSide.channels)
    bars.show("Connect channels", 1, 1)

    const opening = new Map(replay.items.map((item) => [item.sku, item.opening]))
    const naive = await startNaive(replay.items, opening, naiveSide.channels)
    cleanUp.push(() => naive.stop())
    const warehouse = await Warehouse.open(api)
    const worlds = {
      hub: new World(hubSide.channels, new SalesLedger(opening), warehouse.move),
      naive: new World(naiveSide.channels, new SalesLedger(opening), async (sku, delta) => naive.adjust(sku, delta)),
    }
    const since = new Date()
    const run = await Promise.race([
      medusa.died,
      runReplay(replay, [worlds.hub, worlds.naive], {
        speed: options.speed,
        admit: () => keepUp(db, () => worlds.hub.placed),
        isStopped,
        onProgress: (done, total) => bars.show("Replay", done, total),
      }),
    ])
    const naiveBacklog = naive.backlog
    await settle(db, hubSide.channels)
    bars.stop()
    const overview = await api.overview(since)
    const verification = await verifySettled(
      db,
      DEMO_CHANNELS.map((demo, index) => ({
        connectionId: ids.get(demo.name) ?? "",
        running: hubSide.channels[index] as RunningChannel,
      }))
    )
    const report: ReplayReport = {
      lines: replay.lineCount,
      events: replay.events.length,
      orders: run.orders,
      seconds: run.seconds,
      ordersPerSecond: run.orders / run.seconds,
      speed: options.speed,
      seed: options.seed,
      hub: worlds.hub.ledger.totals,
      naive: { ...worlds.naive.ledger.totals, calls: naive.calls, backlog: naiveBacklog },
      connections: overview.connections,
      verification,
      findings: findings(verification),
    }
    process.stdout.write(reportReplay(report, options.json))
    return report.findings.length === 0 && report.hub.oversoldPerThousand < report.naive.oversoldPerThousand ? 0 : 1
  } finally {
    for (const step of cleanUp.reverse()) {
      await step()
    }
  }
}

/** The same channels, full from the start, without what a naive subscriber has no idea of. */
const naiveSettings = (items: readonly ReplayItem[]) =>
  settingsOf(items.map((item) => ({ ...item, quantity: item.opening }))).map((settings) => ({
    ...settings,
    has_locations: false,
    compare_and_set: false,
  }))

async function startNaive(
  items: readonly ReplayItem[],
  opening: ReadonlyMap<string, number>,
  channels: readonly RunningChannel[]
): Promise<NaiveSubscriber> {
  const naive = new NaiveSubscriber(
    opening,
    channels.map((channel) => ({
      name: channel.name,
      url: channel.url,
      token: channel.token,
      locationId: "*",
      listingIds: new Map(items.map((item, index) => [item.sku, listingId(channel.name, index)])),
    }))
  )
  const url = await naive.listen()
  await Promise.all(channels.map((channel) => channel.subscribe(url, NAIVE_SECRET)))
  return naive
}
