import { HubError } from "../../lib/errors"
import type { ExternalListing, ExternalLocation } from "../../types/channel"
import type { ConnectorClient, ConnectorContext, Page } from "../define-connector"
import { CHECK, LISTINGS, LOCATIONS } from "./documents"
import { affordable, call, newLessons, readAll, type Lessons, type Session } from "./graphql"
import { keepsStock, toListing, toLocation } from "./map"
import { apiVersionOf, findVersionMistake, shopAddress, type ShopifyOptions } from "./options"
import { pullOrderHistory, pullOrders } from "./pull-orders"
import { pullStock } from "./pull-stock"
import { pushFulfilment } from "./push-fulfilment"
import { pushStock } from "./push-stock"
import { readOrders } from "./read-order"
import { checkSchema, listingsSchema, locationsSchema } from "./schema"
import { listSubscriptions, subscribe } from "./subscriptions"

/** Without these nothing can be done at all. What else is missing is named when it is needed. */
const NEEDED_SCOPES = ["read_products", "read_inventory", "read_locations"] as const

function findMistake(options: ShopifyOptions): string | null {
  if (shopAddress(options.shop) === null) {
    return `"Shop address" is not the address of a shop. It looks like example.myshopify.com.`
  }
  if (!options.access_token && !(options.client_id && options.client_secret)) {
    return `Enter the client ID and the client secret of the app, or a lasting access token.`
  }
  return findVersionMistake(apiVersionOf(options))
}

async function check(session: Session): Promise<void> {
  const mistake = findMistake(session.options)
  if (mistake !== null) {
    throw new HubError({ kind: "invalid-data", message: mistake })
  }
  const { currentAppInstallation } = await call(session, {
    operation: CHECK,
    what: "Checking the connection",
    schema: checkSchema,
  })
  const granted = currentAppInstallation.accessScopes.map(({ handle }) => handle)
  // To be allowed to write is to be allowed to read.
  const missing = NEEDED_SCOPES.filter(
    (scope) => !granted.includes(scope) && !granted.includes(scope.replace("read_", "write_"))
  )
  if (missing.length > 0) {
    const message = `The app may not read enough. Add these scopes to it and allow them in the shop: ${missing.join(", ")}.`
    throw new HubError({ kind: "auth", message, vendorCode: "ACCESS_DENIED" })
  }
}

async function listLocations(session: Session): Promise<readonly ExternalLocation[]> {
  const nodes = await readAll((after) =>
    affordable(session, { operation: LOCATIONS, first: 50 }, async (first) => {
      const { locations } = await call(session, {
        operation: LOCATIONS,
        what: "Reading locations",
        schema: locationsSchema,
        variables: { first, after },
      })
      return locations
    })
  )
  return nodes.filter(({ isActive }) => isActive).map(toLocation)
}

async function listListings(session: Session, after: string | null): Promise<Page<ExternalListing>> {
  const { productVariants } = await affordable(session, { operation: LISTINGS, first: 100 }, (first) =>
    call(session, {
      operation: LISTINGS,
      what: "Reading products",
      schema: listingsSchema,
      variables: { first, after },
    })
  )
  const { nodes, pageInfo } = productVariants
  return {
    items: nodes.filter(keepsStock).map(toListing),
    nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  }
}

/**
 * What was learned of a shop's costs outlives its clients, which are opened for each piece of work. It is only numbers, and
 * forgetting them costs one refused call.
 */
const lessonsByShop = new Map<string, Lessons>()
const MOST_SHOPS = 1_000

function lessonsOf(shop: string): Lessons {
  const lessons = lessonsByShop.get(shop) ?? newLessons()
  if (lessonsByShop.size >= MOST_SHOPS) {
    lessonsByShop.clear()
  }
  lessonsByShop.set(shop, lessons)
  return lessons
}

export function openShopifyClient({ http, options }: ConnectorContext<ShopifyOptions>): ConnectorClient {
  const session: Session = { http, options, lessons: lessonsOf(`${options.shop} ${apiVersionOf(options)}`) }
  return {
    check: () => check(session),
    listLocations: () => listLocations(session),
    listListings: (cursor) => listListings(session, cursor),
    pushStock: (writes, idempotencyKey) => pushStock(session, writes, idempotencyKey),
    pullStock: (keys) => pullStock(session, keys),
    pullOrders: (cursor) => pullOrders(session, cursor),
    readOrder: async (id) => (await readOrders(session, [id]))[0] ?? null,
    pullOrderHistory: (cursor, before) => pullOrderHistory(session, cursor, before),
    pushFulfilment: (push) => pushFulfilment(session, push),
    // Shopify signs with the app's client secret, so ours is of no use to it.
    subscribe: (url) => subscribe(session, url),
    listSubscriptions: () => listSubscriptions(session),
  }
}
