/*
 * A connector to the simulator: a fake sales channel that ships with the hub (see `server/`). It speaks real HTTP, keeps
 * real state and breaks on demand, but nothing is sold there. For the demo, for tests and for "try it" in the admin.
 *
 * This folder is also the example to copy for a connector to a real channel. Nothing here may import from `server/`.
 */
import { defineConnector } from "../define-connector"
import { openSimulatorClient } from "./client"
import { simulatorOAuth } from "./oauth"
import { simulatorOptions } from "./options"
import { simulatorTextsDe } from "./texts-de"
import { parseSimulatorWebhook } from "./webhook"

export const simulatorConnector = defineConnector({
  id: "simulator",
  label: "Simulator",
  description: "A fake sales channel to try the hub with. It sells only what it shows and can be told to misbehave.",
  developer: "medusa-stock-hub",
  version: "1.0.0",
  dependencies: ["A running simulator: it comes with the hub and needs nothing else"],
  guide: [
    "Start one beside your shop, in its folder: npx hub simulator. It sells your own articles.",
    "Allow its address in the plugin option engine.allow_private_addresses, for example 127.0.0.1, and start Medusa again.",
    "Enter the address and the token that it prints.",
  ],
  translations: { de: simulatorTextsDe },
  contract: {
    suite: 1,
    passed: ["reading", "writing-stock", "reading-stock", "compare-and-set", "orders", "webhooks"],
  },
  options: simulatorOptions,
  traits: (options) => ({
    maxBatch: options.max_batch,
    compareAndSet: options.compare_and_set,
    hasLocations: options.has_locations,
    lateApplyWindowMs: options.late_apply_window_ms,
  }),
  limits: ({ calls_per_second: perSecond }) =>
    perSecond > 0
      ? [{ kind: "token-bucket", name: "calls", capacity: Math.max(1, Math.ceil(perSecond)), perSecond }]
      : [],
  baseUrl: (options) => options.base_url,
  open: openSimulatorClient,
  parseWebhook: parseSimulatorWebhook,
  webhookTopics: () => ["all"],
  oauth: simulatorOAuth,
})
