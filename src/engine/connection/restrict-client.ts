import type { ConnectorClient } from "../../connectors/define-connector"
import { HubError, toFailure, type HubFailure } from "../../lib/errors"
import type { StockWriteOutcome } from "../../types/channel"
import type { ConnectionOperation } from "../../types/states"
import type { ConnectionConfig } from "./connection-config"

/** Which permission a method needs. What is not named here needs none: it changes nothing and reads nothing of the shop. */
const OPERATION_OF = {
  listListings: "read-listings",
  pullStock: "read-stock",
  pushStock: "write-stock",
  pullOrders: "read-orders",
  readOrder: "read-orders",
  subscribe: "webhooks",
  listSubscriptions: "webhooks",
} as const satisfies Partial<Record<keyof ConnectorClient, ConnectionOperation>>

/** What the merchant takes a failure for, if it has another opinion than the connector. */
export function mapFailure(failure: HubFailure, mapping: ConnectionConfig["errorMapping"]): HubFailure {
  const kind = failure.vendorCode === undefined ? undefined : mapping.get(failure.vendorCode)
  return kind === undefined ? failure : { ...failure, kind }
}

const mapOutcome = (outcome: StockWriteOutcome, { errorMapping }: ConnectionConfig): StockWriteOutcome =>
  outcome.status === "failed" ? { ...outcome, failure: mapFailure(outcome.failure, errorMapping) } : outcome

/**
 * Leaves of a client only what its connection is allowed to do, so that the engine takes what is forbidden for what the
 * channel cannot do; and gives failures the kind that the connection's error mapping says.
 */
export function restrictClient(client: ConnectorClient, config: ConnectionConfig): ConnectorClient {
  const { errorMapping } = config
  const may = (method: keyof typeof OPERATION_OF): boolean => config.allowed.has(OPERATION_OF[method])
  const mapped = async <T>(call: Promise<T>): Promise<T> => {
    if (errorMapping.size === 0) {
      return call
    }
    return call.catch((error: unknown) => {
      // Only refusals of the channel have a code; an unknown outcome or a refused address stays what it is.
      throw error instanceof HubError && error.vendorCode !== undefined
        ? new HubError(mapFailure(toFailure(error), errorMapping), { cause: error })
        : error
    })
  }
  const { listLocations, listListings, pushStock, pullStock, pullOrders, readOrder, subscribe, listSubscriptions } = {
    listLocations: client.listLocations?.bind(client),
    listListings: client.listListings?.bind(client),
    pushStock: client.pushStock?.bind(client),
    pullStock: client.pullStock?.bind(client),
    pullOrders: client.pullOrders?.bind(client),
    readOrder: client.readOrder?.bind(client),
    subscribe: client.subscribe?.bind(client),
    listSubscriptions: client.listSubscriptions?.bind(client),
  }
  return {
    check: () => mapped(client.check()),
    ...(listLocations ? { listLocations: () => mapped(listLocations()) } : {}),
    ...(listListings && may("listListings") ? { listListings: (cursor) => mapped(listListings(cursor)) } : {}),
    ...(pushStock && may("pushStock")
      ? {
          pushStock: async (writes, key) =>
            (await mapped(pushStock(writes, key))).map((outcome) => mapOutcome(outcome, config)),
        }
      : {}),
    ...(pullStock && may("pullStock") ? { pullStock: (keys) => mapped(pullStock(keys)) } : {}),
    ...(pullOrders && may("pullOrders") ? { pullOrders: (cursor) => mapped(pullOrders(cursor)) } : {}),
    ...(readOrder && may("readOrder") ? { readOrder: (id) => mapped(readOrder(id)) } : {}),
    ...(listSubscriptions && may("listSubscriptions") ? { listSubscriptions: () => mapped(listSubscriptions()) } : {}),
    ...(subscribe && may("subscribe") ? { subscribe: (url, secret) => mapped(subscribe(url, secret)) } : {}),
  }
}
