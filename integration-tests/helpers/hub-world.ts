import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createAdmin, createBatch, createShop } from "../../scripts/demo/shop/seed-shop"
import type { CatalogueProduct } from "../../scripts/demo/shop/catalogue"
import { startSimulator } from "../../src/connectors/simulator/server/start-simulator"
import { simulatorSettingsSchema, type SimulatorSettingsInput } from "../../src/connectors/simulator/server/settings"
import { drainEngine } from "../../src/engine"
import { query, type Sql } from "../../src/engine/sql"
import { RunningChannel } from "../../scripts/demo/worlds/simulators"
import {
  connectHubConnectionWorkflow,
  createHubConnectionWorkflow,
  updateHubWriteModeWorkflow,
} from "../../src/workflows"
import { CONNECTION_OPERATIONS, type ConnectionOperation } from "../../src/types/states"
import { storeSecrets, testSettings } from "../../src/engine/connect"

export const TOKEN = "canary-token-7f3a9c"

/** Two locations' worth of mugs and teas, and a set of two mugs and a tea. */
export const PRODUCTS: readonly CatalogueProduct[] = [
  { sku: "MUG", title: "Mug", price: "9.00", stock: [12, 5, 0], parts: [] },
  { sku: "TEA", title: "Tea", price: "4.00", stock: [7, 0, 0], parts: [] },
  {
    sku: "SET",
    title: "Set",
    price: "20.00",
    stock: [],
    parts: [
      { sku: "MUG", quantity: 2 },
      { sku: "TEA", quantity: 1 },
    ],
  },
]

export interface TestChannel extends RunningChannel {
  stop(): Promise<void>
}

/** Everything that a case needs: a filled shop, channels on demand, and the engine by hand. */
export class HubWorld {
  readonly sql: Sql
  private readonly channels: { stop(): Promise<void> }[] = []

  private constructor(
    readonly container: MedusaContainer,
    readonly baseUrl: string,
    readonly shop: { readonly locationIds: readonly string[]; readonly salesChannelIds: readonly string[] }
  ) {
    this.sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  }

  static async open(container: MedusaContainer, baseUrl: string, products = PRODUCTS): Promise<HubWorld> {
    const request = { email: "a@stock-hub.test", password: "secret-password", channels: ["One", "Two"], products }
    await createAdmin(container, request)
    const shop = await createShop(container, request)
    const itemIds = new Map<string, string>()
    await createBatch(
      container,
      products.filter((product) => product.parts.length === 0),
      shop,
      itemIds,
      0
    )
    const kits = products.filter((product) => product.parts.length > 0)
    if (kits.length > 0) {
      await createBatch(container, kits, shop, itemIds, products.length)
    }
    return new HubWorld(container, baseUrl, shop)
  }

  /** A fake channel that lists every product under `L-<sku>`, in this process. */
  async openChannel(settings: Partial<SimulatorSettingsInput> = {}, products = PRODUCTS): Promise<RunningChannel> {
    const running = await startSimulator(
      simulatorSettingsSchema.parse({
        has_locations: false,
        compare_and_set: false,
        token: TOKEN,
        listings: products.map(({ sku, title }) => ({ id: `L-${sku}`, sku, title })),
        ...settings,
      })
    )
    this.channels.push(running)
    return new RunningChannel("channel", running.url, TOKEN)
  }

  /** Has something stopped when the world ends. */
  keep<T extends { stop(): Promise<void> }>(running: T): T {
    this.channels.push(running)
    return running
  }

  /** Connects a channel as the admin API does, and pushes the first numbers. */
  async connect(
    channel: RunningChannel,
    options: {
      /** The simulator unless given; then `settings` are all of them. */
      readonly connector?: string
      readonly name?: string
      readonly settings?: Record<string, unknown>
      readonly locations?: readonly string[]
      readonly rule?: Record<string, number>
      /** Everything unless given. */
      readonly allowed?: readonly ConnectionOperation[]
      /** False leaves the connection in shadow, as it is after it was connected. */
      readonly live?: boolean
    } = {}
  ): Promise<string> {
    const { connector = "simulator" } = options
    const simulated = { base_url: channel.url, token: TOKEN, has_locations: false, compare_and_set: false }
    const settings = { ...(connector === "simulator" ? simulated : {}), ...options.settings }
    const { publicOptions, secrets } = await testSettings(this.container, connector, settings)
    const { result: connection } = await createHubConnectionWorkflow(this.container).run({
      input: {
        name: options.name ?? "One",
        connector_id: connector,
        options: publicOptions,
        sales_channel_id: this.shop.salesChannelIds[1] ?? null,
        quantity_rule: options.rule ?? {},
        allowed_operations: [...(options.allowed ?? CONNECTION_OPERATIONS)],
        locations: this.shop.locationIds.map((stock_location_id, index) => ({
          stock_location_id,
          external_location_id: options.locations?.[index] ?? "*",
        })),
      },
    })
    await storeSecrets(this.container, connection, secrets)
    await connectHubConnectionWorkflow(this.container).run({
      input: {
        connection_id: connection.id,
        callback_url: `${this.baseUrl}/hooks/hub/${connection.id}`,
        requested_by: "test",
      },
    })
    if (options.live ?? true) {
      await updateHubWriteModeWorkflow(this.container).run({
        input: { connection_id: connection.id, write_mode: "live", requested_by: "test" },
      })
    }
    await this.drain()
    for (
      let round = 0;
      (options.live ?? true) && round < 30 && (await this.waitsForOrders(connection.id));
      round += 1
    ) {
      await sleep(100)
      await this.drain()
    }
    return connection.id
  }

  /** Medusa's clock may have read the orders in this very second; the lane then has to wait for the next. */
  private async waitsForOrders(connectionId: string): Promise<boolean> {
    const rows = await this.query(
      `SELECT 1 FROM hub_listing_state WHERE connection_id = :connectionId AND state = 'pending' AND acked IS NULL
         AND error IS NULL AND deleted_at IS NULL LIMIT 1`,
      { connectionId }
    )
    return rows.length > 0
  }

  drain(): Promise<void> {
    return drainEngine(this.container)
  }

  query<Row>(sql: string, bindings: Parameters<typeof query>[2] = {}): Promise<Row[]> {
    return query<Row>(this.sql, sql, bindings)
  }

  /** What the channel itself shows, by listing (and location where it has several). */
  async shown(channel: RunningChannel): Promise<Record<string, number>> {
    const { stock } = await channel.get<{ stock: { listing_id: string; location_id: string; quantity: number }[] }>(
      "/control/state"
    )
    return Object.fromEntries(
      stock.map((slot) => [
        slot.location_id === "*" ? slot.listing_id : `${slot.listing_id}@${slot.location_id}`,
        slot.quantity,
      ])
    )
  }

  /** Sets what is on hand at a location, in SQL and behind everybody's back. */
  async setStock(sku: string, location: number, quantity: number): Promise<void> {
    await this.query(
      `UPDATE inventory_level SET stocked_quantity = :quantity,
         raw_stocked_quantity = jsonb_build_object('value', CAST(:quantity AS text), 'precision', 20)
       WHERE location_id = :location AND inventory_item_id = (SELECT id FROM inventory_item WHERE sku = :sku AND deleted_at IS NULL)`,
      { sku, location: this.shop.locationIds[location] ?? "", quantity }
    )
  }

  /** Waits for something that happens by itself, for example the arrival of a webhook. */
  async until(condition: () => Promise<boolean>, within = 20_000): Promise<void> {
    const deadline = performance.now() + within
    while (!(await condition())) {
      if (performance.now() > deadline) {
        throw new Error(`It did not happen within ${within} ms: ${condition.toString()}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  /** Waits for so many stored messages, works on them and pushes what follows. */
  async ingest(messages: number): Promise<void> {
    await this.until(async () => {
      const [row] = await this.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM hub_inbox_event WHERE event_id NOT LIKE 'poll:%'"
      )
      return (row?.count ?? 0) >= messages
    })
    await this.drain()
  }

  /** A token of the admin that every world has. */
  async login(): Promise<string> {
    const login = await fetch(`${this.baseUrl}/auth/user/emailpass`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "a@stock-hub.test", password: "secret-password" }),
    })
    return ((await login.json()) as { token: string }).token
  }

  async close(): Promise<void> {
    await Promise.all(this.channels.splice(0).map((channel) => channel.stop()))
  }
}
