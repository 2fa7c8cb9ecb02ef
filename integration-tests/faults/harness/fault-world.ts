import { randomBytes } from "node:crypto"
import { join } from "node:path"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ModulesSdkUtils } from "@medusajs/framework/utils"
import { startChannels, type SimulatorProcess } from "../../../scripts/demo/worlds/simulators"
import type { SimulatorSettingsInput } from "../../../src/connectors/simulator/server/settings"
import { Dispatcher } from "../../../src/engine/dispatcher"
import { outboundOf } from "../../../src/engine/outbound/outbound"
import { query, type Sql } from "../../../src/engine/sql"
import type { EngineOptions } from "../../../src/types/options"
import { connectChannel } from "./connect-channel"
import { EngineWorker } from "./engine-worker"
import type { FaultChannel } from "./fault-channel"
import { ENGINE, LATE_APPLY_WINDOW_MS } from "./engine-limits"
import type { FaultContext } from "./fault-context"
import { lightContainer } from "./light-container"
import { within } from "./promise"
import { KEYS, SKUS, TEMPLATE } from "./shop-template"
import type { WorkerSettings } from "./worker-settings"

export interface ChannelPlan {
  readonly name: string
  /** How the channel is and behaves. */
  readonly settings?: Partial<SimulatorSettingsInput>
  /** What the connection to it says, beyond its address. */
  readonly options?: Readonly<Record<string, unknown>>
  /** What it lists: `L-<sku>`, or `L-<sku>-<n>` when it lists each product several times. */
  readonly skus?: readonly string[]
  readonly copies?: number
}

export interface WorldPlan {
  readonly channels?: readonly ChannelPlan[]
  readonly tablespace?: string
  /** Make the connections, but show nothing yet. */
  readonly isUnsynced?: boolean
}

/** The engine in this process is driven by hand and takes no orders. */
const HERE: EngineOptions = { ...ENGINE, autostart: false, order_concurrency: 0 }

const TOKEN = "fault-token"

const settingsOf = (plan: ChannelPlan) => ({
  has_locations: false,
  compare_and_set: false,
  ...plan.settings,
  name: plan.name,
  token: TOKEN,
  listings: (plan.skus ?? SKUS).flatMap((sku) =>
    Array.from({ length: plan.copies ?? 1 }, (_, copy) => ({
      id: plan.copies ? `L-${sku}-${copy}` : `L-${sku}`,
      sku,
      title: sku,
    }))
  ),
})

const BUSY_SQL = `
  SELECT (SELECT count(*) FROM hub_stock_change)::int AS changes,
    (SELECT count(*) FROM hub_inbox_event WHERE state = 'accepted')::int AS messages,
    (SELECT count(*) FROM hub_listing_state WHERE deleted_at IS NULL
      AND (stale_version > acked_version OR recheck_at IS NOT NULL OR lease_token IS NOT NULL))::int AS states`

/** A shop of its own with fake channels: one database, one process of channels, and any number of workers. */
export class FaultWorld {
  private readonly workers: EngineWorker[] = []

  private readonly simulators = new Map<FaultChannel, SimulatorProcess>()

  /** The engine's container in this process. */
  readonly container: MedusaContainer

  private constructor(
    readonly context: FaultContext,
    readonly database: string,
    readonly sql: Sql
  ) {
    const { repoFolder: source, log } = context
    this.container = lightContainer({ source, sql, keys: KEYS, engine: HERE, log })
  }

  static async open(context: FaultContext, plan: WorldPlan = {}): Promise<FaultWorld> {
    const database = `hub_fault_${context.seed}_${randomBytes(4).toString("hex")}`
    await context.server.clone(TEMPLATE, database, plan.tablespace)
    const sql = ModulesSdkUtils.createPgConnection({
      clientUrl: context.server.url(database),
      driverOptions: { ssl: false },
      pool: { min: 0, max: 6 },
    }) as Sql
    const world = new FaultWorld(context, database, sql)
    const connected = await Promise.all((plan.channels ?? [{ name: "One" }]).map((channel) => world.connect(channel)))
    world.putInOrder(connected)
    if (!plan.isUnsynced) {
      await world.drainHere()
    }
    return world
  }

  /** Starts a fake channel, in a process of its own, and connects it. */
  async connect(plan: ChannelPlan): Promise<FaultChannel> {
    const process = await startChannels([settingsOf(plan)])
    const [running] = process.channels
    if (!running) {
      throw new Error(`Channel ${plan.name} did not start.`)
    }
    const { settings = {}, options = {} } = plan
    const channel = await connectChannel(this.container, running, {
      base_url: running.url,
      has_locations: settings.has_locations ?? false,
      compare_and_set: settings.compare_and_set ?? false,
      max_batch: settings.max_batch ?? 100,
      late_apply_window_ms: LATE_APPLY_WINDOW_MS,
      ...options,
    })
    this.simulators.set(channel, process)
    return channel
  }

  /** Channels are found by their place in the plan, whichever was connected first. */
  private putInOrder(channels: readonly FaultChannel[]): void {
    const entries = channels.flatMap((channel) => {
      const process = this.simulators.get(channel)
      return process ? [[channel, process] as const] : []
    })
    this.simulators.clear()
    entries.forEach(([channel, process]) => this.simulators.set(channel, process))
  }

  /** Takes a channel away, with everything that the hub knows of it. */
  async disconnect(channel: FaultChannel): Promise<void> {
    for (const table of ["hub_connection", "hub_listing", "hub_listing_state"]) {
      const key = table === "hub_connection" ? "id" : "connection_id"
      await this.query(`UPDATE ${table} SET deleted_at = now() WHERE ${key} = :id`, { id: channel.connectionId })
    }
    await this.simulators.get(channel)?.stop()
    this.simulators.delete(channel)
  }

  get channels(): readonly FaultChannel[] {
    return [...this.simulators.keys()]
  }

  /** The process that a channel runs in. */
  channelPid(channel: FaultChannel): number {
    return this.simulators.get(channel)?.pid ?? 0
  }

  /** The first channel, for rows that have one. */
  get channel(): FaultChannel {
    const [first] = this.channels
    if (!first) {
      throw new Error("This world has no channel.")
    }
    return first
  }

  get databaseUrl(): string {
    return this.context.server.url(this.database)
  }

  /** Works off everything that is due, with the production engine in this process. */
  async drainHere(): Promise<void> {
    await new Dispatcher(this.container, HERE).drain()
  }

  /** An engine worker that is ready and waits for `begin`. */
  async worker(
    name: string,
    given: Partial<Omit<WorkerSettings, "engine">> & {
      readonly engine?: Partial<EngineOptions>
      readonly failpoints?: string
      readonly variables?: Record<string, string>
    } = {}
  ): Promise<EngineWorker> {
    const { failpoints, variables, ...settings } = given
    const worker = await EngineWorker.start(
      {
        name,
        databaseUrl: this.databaseUrl,
        keys: KEYS,
        source: this.context.repoFolder,
        sweepEveryMs: null,
        plantedBug: null,
        clockOffsetMs: 0,
        ...settings,
        // Orders need a whole Medusa.
        engine: { ...ENGINE, autostart: true, ...settings.engine, order_concurrency: 0 },
      },
      join(this.context.folder, "logs"),
      { ...variables, ...(failpoints ? { HUB_FAILPOINTS: failpoints } : {}) }
    )
    this.workers.push(worker)
    return worker
  }

  query<Row>(statement: string, bindings: Parameters<typeof query>[2] = {}): Promise<Row[]> {
    return query<Row>(this.sql, statement, bindings)
  }

  /** Sets what is on hand in the first warehouse, in one statement and behind everybody's back. */
  async setStock(quantities: Readonly<Record<string, number>>): Promise<void> {
    await this.query(
      `UPDATE inventory_level level SET stocked_quantity = given.quantity,
         raw_stocked_quantity = jsonb_build_object('value', given.quantity::text, 'precision', 20), updated_at = now()
       FROM jsonb_each_text(CAST(:quantities AS jsonb)) AS pair(sku, amount)
       CROSS JOIN LATERAL (SELECT pair.amount::int AS quantity) given
       JOIN inventory_item item ON item.sku = pair.sku AND item.deleted_at IS NULL
       WHERE level.inventory_item_id = item.id
         AND level.location_id = (SELECT id FROM stock_location WHERE name = 'Berlin')`,
      { quantities: JSON.stringify(quantities) }
    )
  }

  /** Waits until nothing is pending, claimed, unknown or unread. */
  async quiet(ms: number): Promise<number> {
    let last = ""
    return within(ms, "nothing is left to do", async () => {
      const [busy] = await this.query<{ changes: number; messages: number; states: number }>(BUSY_SQL)
      last = JSON.stringify(busy)
      return busy !== undefined && busy.changes + busy.messages + busy.states === 0
    }).catch((error: unknown) => {
      this.context.log(`still under way: ${last}`)
      throw error
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.filter((worker) => worker.isRunning).map((worker) => worker.kill()))
    // What it could not write down belongs to a database that is about to be dropped.
    await outboundOf(this.container)
      .stop()
      .catch((error: unknown) => this.context.log(String(error)))
    await Promise.all([...this.simulators.values()].map((simulator) => simulator.stop()))
    await this.sql.destroy()
    await this.context.server.drop(this.database)
  }
}

/** Opens a world, works in it, and always puts it away. */
export async function inWorld<Found>(
  context: FaultContext,
  plan: WorldPlan,
  work: (world: FaultWorld) => Promise<Found>
): Promise<Found> {
  const world = await FaultWorld.open(context, plan)
  try {
    return await work(world)
  } finally {
    await world.close()
  }
}
