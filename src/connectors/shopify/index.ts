/*
 * A connector to Shopify's GraphQL Admin API. What it does, what it cannot, and what of it is proven only against a fake:
 * docs/channels/shopify.md.
 */
import { defineConnector } from "../define-connector"
import { openShopifyClient } from "./client"
import { readShopifyUsage } from "./map-answer"
import { MOST_AT_ONCE } from "./graphql"
import { SHOPIFY_SCOPES, shopifyOAuth } from "./oauth"
import { shopAddress, shopifyOptions } from "./options"
import { shopifyTextsDe } from "./texts-de"
import { parseShopifyWebhook, WEBHOOK_TOPICS } from "./webhook"

/** How long Shopify may take over a write that it has not answered. It does not say; its own calls end after 30 seconds. */
const LATE_APPLY_WINDOW_MS = 30_000

/** What the smallest plan allows. The first answer tells what the shop's own plan allows, and that is kept to from then on. */
const POINTS = { kind: "cost-bucket", name: "points", capacity: 1_000, perSecond: 100 } as const

export const shopifyConnector = defineConnector({
  id: "shopify",
  label: "Shopify",
  description:
    "A shop on Shopify: stock per location, orders, refunds and parcels. So far tried out with a fake shop only.",
  developer: "medusa-stock-hub",
  version: "1.0.0",
  dependencies: [
    "A shop on any plan of Shopify",
    "An app of your own in Shopify's Dev Dashboard, installed in the shop",
  ],
  guide: [
    `In Shopify's Dev Dashboard create an app and give it these scopes: ${SHOPIFY_SCOPES.join(", ")}.`,
    "Release a version of the app and install it in your shop. For messages about orders, ask for access to protected customer data in the app's settings.",
    "Copy client ID and client secret from the app's settings.",
    "Enter them here with the permanent address of the shop, for example example.myshopify.com.",
    "Import the listings, map your locations to Shopify's, and look at the preview before you go live.",
  ],
  translations: { de: shopifyTextsDe },
  contract: {
    suite: 1,
    passed: ["reading", "writing-stock", "reading-stock", "compare-and-set", "orders", "webhooks"],
  },
  options: shopifyOptions,
  traits: () => ({
    maxBatch: MOST_AT_ONCE,
    // Three points for a number: a full question is most of what the smallest plan's bucket holds.
    readBatch: MOST_AT_ONCE,
    compareAndSet: true,
    hasLocations: true,
    lateApplyWindowMs: LATE_APPLY_WINDOW_MS,
  }),
  baseUrl: ({ shop }) => shopAddress(shop) ?? "https://not-a-shop.invalid",
  limits: () => [POINTS],
  readUsage: readShopifyUsage,
  open: openShopifyClient,
  parseWebhook: parseShopifyWebhook,
  webhookSecretOptions: ["client_secret"],
  webhookTopics: () => WEBHOOK_TOPICS,
  oauth: shopifyOAuth,
})
