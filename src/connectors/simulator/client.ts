import type { z } from "@medusajs/framework/zod"
import { HubError } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { StockKey, StockObservation, StockWrite, StockWriteOutcome } from "../../types/channel"
import type { HttpClient, HttpRequest, HttpResponse } from "../../types/http-port"
import type { ConnectorClient, ConnectorContext } from "../define-connector"
import type { OptionValues } from "../define-options"
import {
  mayBeApplied,
  toHubFailure,
  toListing,
  toLocation,
  toObservations,
  toOrder,
  toOutcomes,
  toSlot,
  toVendorWrite,
} from "./map"
import type { simulatorOptions } from "./options"
import {
  listingsSchema,
  locationsSchema,
  orderAnswerSchema,
  ordersSchema,
  pingSchema,
  quantitiesSchema,
  subscriptionsSchema,
  writeResultsSchema,
} from "./schema"

type Options = OptionValues<typeof simulatorOptions>

interface Session {
  readonly http: HttpClient
  readonly options: Options
}

/** Without a token among the settings the hub puts one on every request that the channel has handed out. */
const send = ({ http, options }: Session, request: HttpRequest): Promise<HttpResponse> =>
  http.request(
    options.token === undefined ? request : { ...request, headers: { authorization: `Bearer ${options.token}` } }
  )

/** Throws a HubError for a refusal and for an answer that is not what was agreed. */
function readAnswer<T>(response: HttpResponse, what: string, schema: z.ZodType<T>): T {
  const failure = toHubFailure(response, what)
  if (failure) {
    throw new HubError(failure)
  }
  const parsed = schema.safeParse(response.body)
  if (!parsed.success) {
    throw new HubError({ kind: "invalid-data", message: `${what}: the answer is not what the simulator promises.` })
  }
  return parsed.data
}

/** Sends and reads the answer, see {@link readAnswer}. */
const call = async <T>(session: Session, request: HttpRequest, what: string, schema: z.ZodType<T>): Promise<T> =>
  readAnswer(await send(session, request), what, schema)

/** The settings of the connection have to fit the channel, or every call would be refused later and one by one. */
async function check(session: Session): Promise<void> {
  const { options } = session
  if (options.token === undefined && options.client_id === undefined) {
    throw new HubError({
      kind: "invalid-data",
      message: 'Enter a token, or "client_id" and "client_secret" of an app.',
    })
  }
  const channel = await call(
    session,
    { method: "GET", path: "/v1/ping", operation: "check" },
    "Checking the connection",
    pingSchema
  )
  const wrong =
    options.max_batch > channel.max_batch
      ? `"max_batch" to at most ${channel.max_batch}`
      : options.compare_and_set && !channel.compare_and_set
        ? `"compare_and_set" to false`
        : options.has_locations !== channel.has_locations
          ? `"has_locations" to ${channel.has_locations}`
          : null
  if (wrong !== null) {
    throw new HubError({ kind: "invalid-data", message: `The options do not fit this simulator: set ${wrong}.` })
  }
}

async function pushStock(
  session: Session,
  writes: readonly StockWrite[],
  idempotencyKey: string
): Promise<readonly StockWriteOutcome[]> {
  if (writes.length === 0) {
    return []
  }
  const what = `Setting ${writes.length} quantities`
  const items = writes.map((write) => toVendorWrite(write, session.options.compare_and_set))
  const body = { idempotency_key: idempotencyKey, items }
  try {
    const response = await send(session, { method: "POST", path: "/v1/inventory/set", body, operation: "set-stock" })
    const failure = toHubFailure(response, what)
    if (failure && mayBeApplied(response.status)) {
      throw new OutcomeUnknownError(failure.message)
    }
    if (failure) {
      throw new HubError(failure)
    }
    const results = writeResultsSchema.safeParse(response.body)
    if (!results.success) {
      throw new OutcomeUnknownError(`${what}: the answer is not what the simulator promises.`)
    }
    return toOutcomes(writes, results.data.items)
  } catch (error) {
    if (error instanceof OutcomeUnknownError) {
      return writes.map(() => ({ status: "unknown", message: error.message }))
    }
    throw error
  }
}

async function pullStock(session: Session, keys: readonly StockKey[]): Promise<readonly StockObservation[]> {
  const observations: StockObservation[] = []
  for (let start = 0; start < keys.length; start += session.options.max_batch) {
    const chunk = keys.slice(start, start + session.options.max_batch)
    const body = { items: chunk.map(toSlot) }
    const request: HttpRequest = { method: "POST", path: "/v1/inventory/read", body, operation: "read-stock" }
    const { items } = await call(session, request, "Reading quantities", quantitiesSchema)
    observations.push(...toObservations(chunk, items))
  }
  return observations
}

const pageQuery = (cursor: string | null): { query: { cursor: string | undefined } } => ({
  query: { cursor: cursor ?? undefined },
})

export function openSimulatorClient(session: ConnectorContext<Options>): ConnectorClient {
  return {
    check: () => check(session),
    listLocations: async () => {
      const request: HttpRequest = { method: "GET", path: "/v1/locations", operation: "list-locations" }
      return (await call(session, request, "Reading locations", locationsSchema)).locations.map(toLocation)
    },
    listListings: async (cursor) => {
      const request: HttpRequest = {
        method: "GET",
        path: "/v1/listings",
        operation: "list-listings",
        ...pageQuery(cursor),
      }
      const page = await call(session, request, "Reading listings", listingsSchema)
      return { items: page.listings.map(toListing), nextCursor: page.next_cursor }
    },
    pushStock: (writes, idempotencyKey) => pushStock(session, writes, idempotencyKey),
    pullStock: (keys) => pullStock(session, keys),
    pullOrders: async (cursor) => {
      const request: HttpRequest = { method: "GET", path: "/v1/orders", operation: "list-orders", ...pageQuery(cursor) }
      const page = await call(session, request, "Reading orders", ordersSchema)
      return { items: page.orders.map(toOrder), nextCursor: page.next_cursor }
    },
    readOrder: async (id) => {
      const request: HttpRequest = { method: "GET", path: "/v1/order", query: { id }, operation: "read-order" }
      const response = await send(session, request)
      return response.status === 404 ? null : toOrder(readAnswer(response, "Reading an order", orderAnswerSchema).order)
    },
    listSubscriptions: async () => {
      const request: HttpRequest = { method: "GET", path: "/v1/webhook", operation: "list-subscriptions" }
      const { subscriptions } = await call(session, request, "Reading subscriptions", subscriptionsSchema)
      return subscriptions.map(({ id, topic, url }) => ({ externalId: id, topic, url }))
    },
    subscribe: async (url, secret) => {
      const body = { url, secret }
      const response = await send(session, { method: "PUT", path: "/v1/webhook", body, operation: "subscribe" })
      const failure = toHubFailure(response, "Subscribing to webhooks")
      if (failure) {
        throw new HubError(failure)
      }
    },
  }
}
