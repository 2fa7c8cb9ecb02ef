import { setTimeout as sleep } from "node:timers/promises"
import type { HubRun } from "../../../src/types/http/hub"
import type { DemoChannel } from "../worlds/channels"
import type { RunningChannel } from "../worlds/simulators"
import type { AdminApi } from "./admin-api"
import { WAREHOUSES } from "./catalogue"

interface Named {
  readonly id: string
  readonly name: string
}

const byName = (rows: readonly Named[], name: string): string => {
  const row = rows.find((candidate) => candidate.name === name)
  if (!row) {
    throw new Error(`The demo shop has no "${name}". Start over with --reset.`)
  }
  return row.id
}

/** Connects every fake channel through the admin API, as a person would. A second start connects what is there again. */
export async function connectChannels(
  api: AdminApi,
  channels: readonly { readonly demo: DemoChannel; readonly running: RunningChannel }[]
): Promise<Map<string, string>> {
  const { sales_channels: salesChannels } = await api.get<{ sales_channels: Named[] }>(
    "/admin/sales-channels?limit=100"
  )
  const { stock_locations: locations } = await api.get<{ stock_locations: Named[] }>("/admin/stock-locations?limit=100")
  const { connections } = await api.get<{ connections: Named[] }>("/admin/hub/connections")
  const ids = new Map<string, string>()
  const goingLive: string[] = []
  for (const { demo, running } of channels) {
    const known = connections.find((connection) => connection.name === demo.name)
    const id = known?.id ?? (await createConnection(api, demo, running, byName(salesChannels, demo.name), locations))
    await api.post(`/admin/hub/connections/${id}/connect`, {})
    // A person would look at the preview first.
    const { run } = await api.post<{ run: HubRun }>(`/admin/hub/connections/${id}/write-mode`, { write_mode: "live" })
    goingLive.push(run.id)
    ids.set(demo.name, id)
  }
  for (const run of goingLive) {
    await runToItsEnd(api, run)
  }
  return ids
}

async function runToItsEnd(api: AdminApi, id: string): Promise<void> {
  for (;;) {
    const { run } = await api.get<{ run: HubRun }>(`/admin/hub/runs/${id}`)
    if (run.state === "failed" || run.state === "cancelled") {
      throw new Error(`${run.connection_name ?? "A channel"} did not go live: ${run.error ?? run.state}.`)
    }
    if (run.state !== "queued" && run.state !== "running") {
      return
    }
    await sleep(200)
  }
}

interface ChannelForm {
  readonly connector: string
  readonly settings: Readonly<Record<string, unknown>>
  /** The channel's own id of the place of each warehouse. */
  readonly placeIds: readonly string[]
}

const simulatorSettings = async (demo: DemoChannel, running: RunningChannel): Promise<ChannelForm> => ({
  connector: "simulator",
  settings: {
    base_url: running.url,
    token: running.token,
    max_batch: demo.settings.max_batch ?? 100,
    compare_and_set: demo.settings.compare_and_set ?? false,
    has_locations: demo.settings.has_locations ?? false,
  },
  placeIds: demo.locations,
})

/** As a person would fill it in: the app's id and secret are the fake's own, and tokens are fetched by the hub. */
async function shopifySettings(demo: DemoChannel, running: RunningChannel): Promise<ChannelForm> {
  const { locations } = await running.get<{ locations: Named[] }>("/control/state")
  return {
    connector: "shopify",
    settings: { shop: running.url, client_id: "hub-app", client_secret: "hush_shopify_client_secret" },
    placeIds: demo.locations.map((name) => byName(locations, name)),
  }
}

async function createConnection(
  api: AdminApi,
  demo: DemoChannel,
  running: RunningChannel,
  salesChannelId: string,
  locations: readonly Named[]
): Promise<string> {
  const { connector, settings, placeIds } = await (demo.isShopify ? shopifySettings : simulatorSettings)(demo, running)
  const { connection } = await api.post<{ connection: Named }>("/admin/hub/connections", {
    name: demo.name,
    connector_id: connector,
    settings,
    sales_channel_id: salesChannelId,
    allowed_operations: ["read-listings", "read-stock", "write-stock", "read-orders", "write-parcels", "webhooks"],
    locations: WAREHOUSES.map((name, index) => ({
      stock_location_id: byName(locations, name),
      external_location_id: placeIds[index] ?? "*",
    })),
  })
  return connection.id
}
