import { z } from "@medusajs/framework/zod"
import { createHttpClient } from "../../../http/http-client"
import type { StockKey, StockWrite } from "../../../types/channel"
import type { ExternalListingId, ExternalLocationId } from "../../../types/ids"
import type { ConnectorClient } from "../../define-connector"
import { parseOptions } from "../../define-options"
import { simulatorConnector } from "../index"
import type { SimulatorSettingsInput } from "../server/settings"
import { startSimulator, type RunningSimulator } from "../server/start-simulator"

export const TOKEN = "simulator-secret-token"
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`

const bodySchema = z.record(z.string(), z.unknown())

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

/** Calls the simulator past the connector. */
export async function callSimulator(url: string, request: string, body?: unknown, headers = {}): Promise<Reply> {
  const [method = "GET", path = "/"] = request.split(" ")
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
  })
  const parsed: unknown = await response.json()
  return { status: response.status, headers: response.headers, body: bodySchema.parse(parsed) }
}

export const listing = (id: string, quantity = 0): { id: string; sku: string; quantity: number } => ({
  id,
  sku: `SKU-${id}`,
  quantity,
})

export const keyOf = (listingId: string, locationId = "main"): StockKey => ({
  externalListingId: listingId as ExternalListingId,
  externalLocationId: locationId as ExternalLocationId,
})

export const writeOf = (listingId: string, quantity: number, compareWith: number | null = null): StockWrite => ({
  ...keyOf(listingId),
  quantity,
  compareWith,
})

export function openClient(
  url: string,
  options: Readonly<Record<string, unknown>> = {},
  timeoutMs = 2_000
): Required<ConnectorClient> {
  const parsed = parseOptions(simulatorConnector.options, { base_url: url, token: TOKEN, ...options })
  if (!parsed.ok) {
    throw new Error(parsed.error.message)
  }
  const client = simulatorConnector.open({
    options: parsed.value,
    http: createHttpClient({
      baseUrl: simulatorConnector.baseUrl(parsed.value),
      timeoutMs,
      allowPrivateAddresses: ["127.0.0.0/8"],
    }),
  })
  if (!isComplete(client)) {
    throw new Error("The simulator's connector has lost a method.")
  }
  return client
}

const isComplete = (client: ConnectorClient): client is Required<ConnectorClient> =>
  [
    client.listLocations !== undefined,
    client.listListings !== undefined,
    client.pushStock !== undefined,
    client.pullStock !== undefined,
    client.pullOrders !== undefined,
    client.subscribe !== undefined,
  ].every(Boolean)

/** One simulator and everything a test wants to ask it. */
export interface TestSimulator extends RunningSimulator {
  call(request: string, body?: unknown): Promise<Reply>
  /** A call with the hub's token. */
  hub(request: string, body?: unknown): Promise<Reply>
  shown(listingId: string, locationId?: string): Promise<number | null>
  stats(): Promise<Record<string, unknown>>
  client: Required<ConnectorClient>
}

const stockSchema = z.array(z.object({ listing_id: z.string(), location_id: z.string(), quantity: z.number() }))

const running: RunningSimulator[] = []

export async function stopSimulators(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
}

export async function testSimulator(settings: SimulatorSettingsInput = {}): Promise<TestSimulator> {
  const simulator = await startSimulator({ token: TOKEN, ...settings })
  running.push(simulator)
  const call = (request: string, body?: unknown): Promise<Reply> => callSimulator(simulator.url, request, body)
  const hub = (request: string, body?: unknown): Promise<Reply> =>
    callSimulator(simulator.url, request, body, { authorization: `Bearer ${TOKEN}` })
  return {
    ...simulator,
    call,
    hub,
    shown: async (listing_id, location_id = "main") => {
      const { body } = await call("GET /control/state")
      const stock = stockSchema.parse(body.stock)
      return stock.find((slot) => slot.listing_id === listing_id && slot.location_id === location_id)?.quantity ?? null
    },
    stats: async () => (await call("GET /control/stats")).body,
    client: openClient(simulator.url),
  }
}

/** Waits until the condition holds. Throws after two seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 2_000
  while (!(await condition())) {
    if (Date.now() > giveUpAt) {
      throw new Error("It did not come about within two seconds.")
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
