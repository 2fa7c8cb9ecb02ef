/*
 * A connector to the simulator: a fake sales channel that ships with the hub (see `server/`). It speaks real HTTP, keeps
 * real state and breaks on demand, but nothing is sold there. For the demo, for tests and for "try it" in the admin.
 *
 * This folder is also the example to copy for a connector to a real channel. Nothing here may import from `server/`.
 */
import { defineConnector } from "../define-connector"
import { openSimulatorClient } from "./client"
import { simulatorOptions } from "./options"
import { parseSimulatorWebhook } from "./webhook"

export const simulatorConnector = defineConnector({
  id: "simulator",
  label: "Simulator",
  description: "A fake sales channel to try the hub with. It sells only what it shows and can be told to misbehave.",
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
})
