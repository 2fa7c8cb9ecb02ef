/*
 * Everything that is asked of Shopify's Admin API. All of it is valid on 2026-04, 2026-07 and 2026-10: a test runs each against
 * the three schemas. What is not needed is not asked for, because every field costs points.
 */

/** What a document is called in logs and limits, what it asks, and what it takes from the bucket before anybody knows. */
export interface Operation {
  readonly name: string
  readonly document: string
  /** Points for a question of the usual size, until an answer says what it really takes. */
  readonly cost: number
  /** Entries that the usual question asks for; absent where there is only one. */
  readonly size?: number
  /** Scopes without which Shopify refuses it. */
  readonly scopes: readonly string[]
  readonly isWrite?: true
}

export const CHECK: Operation = {
  name: "check",
  cost: 5,
  scopes: [],
  document: `query HubCheck {
  shop { id name myshopifyDomain currencyCode }
  currentAppInstallation { accessScopes { handle } }
}`,
}

export const LOCATIONS: Operation = {
  name: "list-locations",
  cost: 60,
  size: 50,
  scopes: ["read_locations"],
  document: `query HubLocations($first: Int!, $after: String) {
  locations(first: $first, after: $after, includeLegacy: true) {
    nodes { id name isActive }
    pageInfo { hasNextPage endCursor }
  }
}`,
}

export const LISTINGS: Operation = {
  name: "list-listings",
  cost: 400,
  size: 100,
  scopes: ["read_products", "read_inventory"],
  document: `query HubListings($first: Int!, $after: String) {
  productVariants(first: $first, after: $after, sortKey: ID) {
    nodes { sku barcode displayName requiresComponents inventoryItem { id tracked } }
    pageInfo { hasNextPage endCursor }
  }
}`,
}

/** Locations that one question can ask about. */
export const MOST_LOCATIONS = 8

const LEVEL = '{ quantities(names: ["available"]) { name quantity } }'

const levelsAt = (index: number): string =>
  `at${index}: nodes(ids: $ids${index}) { ... on InventoryItem { id inventoryLevel(locationId: $location${index}) ${LEVEL} } }`

/**
 * Reads numbers at so many locations at once. One question instead of one for each location, so that a limit that is reached
 * in between does not make what was read worthless.
 */
export function levelsOperation(locations: number): Operation {
  const each = Array.from({ length: locations }, (_, index) => index)
  return {
    name: "read-stock",
    cost: 760,
    size: 250,
    scopes: ["read_inventory", "read_locations"],
    document: `query HubLevels(${each.map((index) => `$ids${index}: [ID!]!, $location${index}: ID!`).join(", ")}) {
  ${each.map(levelsAt).join("\n  ")}
}`,
  }
}

export const SET_QUANTITIES: Operation = {
  name: "set-stock",
  cost: 15,
  scopes: ["write_inventory"],
  isWrite: true,
  document: `mutation HubSetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { field message code }
  }
}`,
}

export const ACTIVATE: Operation = {
  name: "activate-stock",
  cost: 15,
  scopes: ["write_inventory"],
  isWrite: true,
  document: `mutation HubActivate($inventoryItemId: ID!, $locationId: ID!, $available: Int, $key: String!) {
  inventoryActivate(inventoryItemId: $inventoryItemId, locationId: $locationId, available: $available) @idempotent(key: $key) {
    inventoryLevel { id }
    userErrors { field message }
  }
}`,
}

/**
 * Which orders changed. What they are is read apart, because an order is dear and most pages are short. Beside the time, which
 * Shopify tells to the second only, stands what shows that an order changed twice within one; plain fields cost nothing.
 */
export const ORDERS_CHANGED: Operation = {
  name: "list-orders",
  cost: 110,
  size: 100,
  scopes: ["read_orders"],
  document: `query HubOrdersChanged($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes {
      id updatedAt cancelledAt edited displayFinancialStatus displayFulfillmentStatus
      subtotalLineItemsQuantity currentSubtotalLineItemsQuantity
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
}

export const ORDERS_PLACED: Operation = {
  ...ORDERS_CHANGED,
  name: "list-order-history",
  cost: 15,
  size: 10,
  document: `query HubOrdersPlaced($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
    nodes { id }
    pageInfo { hasNextPage endCursor }
  }
}`,
}

export const SUBSCRIPTIONS: Operation = {
  name: "list-subscriptions",
  cost: 110,
  size: 100,
  scopes: [],
  document: `query HubSubscriptions($first: Int!, $after: String) {
  webhookSubscriptions(first: $first, after: $after) {
    nodes { id topic uri }
    pageInfo { hasNextPage endCursor }
  }
}`,
}

export const SUBSCRIBE: Operation = {
  name: "subscribe",
  cost: 15,
  scopes: [],
  isWrite: true,
  document: `mutation HubSubscribe($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhookSubscription) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`,
}

export const FULFIL: Operation = {
  name: "push-fulfilment",
  cost: 15,
  scopes: ["write_merchant_managed_fulfillment_orders"],
  isWrite: true,
  document: `mutation HubFulfil($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id }
    userErrors { field message }
  }
}`,
}
