import { rmSync, writeFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { DemoOptions } from "./options"
import { findFreePort } from "./ports"
import { readReplay, settingsOf } from "./replay-input"
import { AdminApi } from "./shop/admin-api"
import { deal, generateCatalogue, type Catalogue } from "./shop/catalogue"
import { connectChannels } from "./shop/connect-channels"
import { mapMultipacks } from "./shop/map-multipacks"
import { runMedusa, startMedusa } from "./shop/medusa-process"
import { prepareShop, sourceStamp } from "./shop/prepare-shop"
import type { Stage } from "./stage"
import { LiveArea, renderLive } from "./terminal/live-table"
import type { ProgressBars } from "./terminal/progress-bars"
import type { Replay } from "./transactions/plan-replay"
import { demoChannels, type DemoChannel } from "./worlds/channels"
import { runReplay, World } from "./worlds/replay"
import { Warehouse } from "./worlds/warehouse"
import { SalesLedger } from "./worlds/sales-ledger"
import { startChannels, type RunningChannel } from "./worlds/simulators"
import { Traffic } from "./worlds/traffic"

const REDRAW_MS = 1_000

const catalogueOf = (replay: Replay): Catalogue => ({
  products: replay.items.map((item) => ({
    sku: item.sku,
    title: item.title,
    price: item.price,
    stock: deal(item.opening),
    parts: [],
  })),
  multipacks: [],
})

async function buildAdmin(stage: Stage, database: string, bars: ProgressBars): Promise<string> {
  const stamp = sourceStamp(stage.repoFolder, ["src"])
  if (!stage.stamps.has("admin.built", stamp)) {
    bars.show("Build the admin", 0, 1)
    await runMedusa(stage.environment(database, true), "build", ["build", "--no-lint"])
    stage.stamps.set("admin.built", stamp)
    bars.show("Build the admin", 1, 1)
  }
  return `${stage.repoFolder}/.medusa/app`
}

interface Running {
  readonly url: string
  readonly api: AdminApi
  readonly channels: readonly RunningChannel[]
  readonly died: Promise<never>
}

async function start(
  stage: Stage,
  {
    database,
    catalogue,
    demo,
  }: { readonly database: string; readonly catalogue: Catalogue; readonly demo: readonly DemoChannel[] },
  bars: ProgressBars,
  cleanUp: (() => Promise<void>)[]
): Promise<Running> {
  await prepareShop({
    environment: stage.environment(database, false),
    postgres: stage.postgres,
    database,
    stamps: stage.stamps,
    seed: { ...stage.login, channels: demo.map((channel) => channel.name), products: catalogue.products },
    progress: bars.show,
  })
  const folder = await buildAdmin(stage, database, bars)
  bars.show("Start Medusa", 0, 1)
  const listed = [...catalogue.products, ...catalogue.multipacks]
  const simulators = await startChannels(settingsOf(listed, await stage.channelPorts(demo.length), demo))
  cleanUp.push(() => simulators.stop())
  const medusa = await startMedusa(stage.environment(database, true), await findFreePort(9_000), folder)
  cleanUp.push(() => medusa.stop())
  bars.show("Start Medusa", 1, 1)
  const api = await AdminApi.open(medusa.url, stage.login)
  bars.show("Connect channels", 0, 1)
  await connectChannels(
    api,
    demo.map((each, index) => ({ demo: each, running: simulators.channels[index] as RunningChannel }))
  )
  await mapMultipacks(api, catalogue)
  bars.show("Connect channels", 1, 1)
  return { url: medusa.url, api, channels: simulators.channels, died: medusa.died }
}

/** Runs the demo with its admin until Ctrl-C, with made-up buyers or with those of a log. */
export async function runLive(
  stage: Stage,
  options: DemoOptions,
  bars: ProgressBars,
  isStopped: () => boolean
): Promise<number> {
  const replay = options.transactions ? await readReplay(options, bars) : null
  const catalogue = replay ? catalogueOf(replay) : generateCatalogue()
  const cleanUp: (() => Promise<void>)[] = []
  // A shop whose channels are others is another shop.
  const database = `${replay ? "hub_demo_log" : "hub_demo"}${options.channels === "shopify" ? "_shopify" : ""}`
  cleanUp.push(async () => rmSync(stage.databaseUrlFile, { force: true }))
  try {
    const demo = demoChannels(options.channels)
    const running = await start(stage, { database, catalogue, demo }, bars, cleanUp)
    writeFileSync(stage.databaseUrlFile, stage.postgres.url(database), { mode: 0o600 })
    bars.stop()
    process.stdout.write(
      `\nAdmin   ${running.url}/app  (${stage.login.email} / ${stage.login.password})\n` +
        `Channels are ${options.channels === "shopify" ? "simulators and a fake Shopify" : "simulators"}: real HTTP, real state, no real marketplace. Ctrl-C stops everything.\n` +
        `Ask why a channel shows a number, in another terminal: npx hub why ${catalogue.products[0]?.sku ?? ""}\n\n`
    )
    const since = new Date()
    const warehouse = await Warehouse.open(running.api)
    const ledger = new SalesLedger(await warehouse.available())
    const buyers = replay
      ? runReplay(replay, [new World(running.channels, ledger, warehouse.move)], {
          speed: options.speed === "max" ? 50 : options.speed,
          admit: async () => undefined,
          isStopped,
          onProgress: () => undefined,
        })
      : new Traffic(running.api, running.channels, catalogue, ledger, warehouse.move, options).run(isStopped)
    const before = countOrders((await running.api.overview(null)).connections)
    const area = new LiveArea(process.stdout)
    const watch = async (): Promise<void> => {
      while (!isStopped()) {
        const { connections } = await running.api.overview(since)
        const ordersPerSecond =
          (countOrders(connections) - before) / Math.max(1, (Date.now() - since.getTime()) / 1_000)
        area.draw(renderLive({ connections, oversold: ledger.totals.oversold, ordersPerSecond }))
        await sleep(REDRAW_MS)
      }
    }
    await Promise.race([running.died, Promise.all([buyers, watch()])])
    process.stdout.write("\nStopping …\n")
    return 0
  } finally {
    for (const step of cleanUp.reverse()) {
      await step()
    }
  }
}

const countOrders = (connections: readonly { order_count: number }[]): number =>
  connections.reduce((sum, connection) => sum + connection.order_count, 0)
