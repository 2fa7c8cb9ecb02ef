import type { SimulatorSettingsInput } from "../../../src/connectors/simulator/server/settings"

/** One of the demo's channels: what it is like and where its stock comes from. */
export interface DemoChannel {
  readonly name: string
  /** A fake Shopify instead of a simulator. */
  readonly isShopify?: true
  readonly habits: string
  readonly settings: Partial<SimulatorSettingsInput>
  /** External location of each warehouse, in the order of `WAREHOUSES`. */
  readonly locations: readonly [string, string, string]
}

/** Four fake channels with different habits. They are simulators: no real marketplace is involved. */
export const DEMO_CHANNELS: readonly DemoChannel[] = [
  {
    name: "Harbour",
    habits: "quick, large batches, compares before it writes",
    settings: { has_locations: false, latency_ms: 30, jitter_ms: 20, max_batch: 250, compare_and_set: true },
    locations: ["*", "*", "*"],
  },
  {
    name: "Bazaar",
    habits: "small batches, 5 calls a second, slow",
    settings: {
      has_locations: false,
      latency_ms: 120,
      jitter_ms: 80,
      max_batch: 25,
      compare_and_set: false,
      rate_limit: { calls_per_second: 5, burst: 10 },
    },
    locations: ["*", "*", "*"],
  },
  {
    name: "Corner",
    habits: "keeps stock at two locations, 10 calls a second",
    settings: {
      has_locations: true,
      latency_ms: 60,
      jitter_ms: 30,
      max_batch: 100,
      compare_and_set: false,
      rate_limit: { calls_per_second: 10, burst: 20 },
      locations: [
        { id: "north", name: "North" },
        { id: "south", name: "South" },
      ],
    },
    locations: ["north", "south", "south"],
  },
  {
    name: "Megamart",
    habits: "tiny batches, 10 calls a second, webhooks come late and twice",
    settings: {
      has_locations: false,
      latency_ms: 80,
      jitter_ms: 40,
      max_batch: 10,
      compare_and_set: false,
      rate_limit: { calls_per_second: 10, burst: 20 },
      chaos: { seed: 7, webhook_delay_ms: 50, webhook_duplicate_rate: 0.1 },
    },
    locations: ["*", "*", "*"],
  },
]

/** Connected by the connector for real shops. Its two locations have ids of Shopify's kind, told when it has started. */
const SHOPIFY: DemoChannel = {
  name: "Shopify",
  isShopify: true,
  habits: "a fake of Shopify: points instead of calls, compares before it writes",
  settings: { has_locations: true, compare_and_set: true },
  locations: ["Berlin", "Hamburg", "Hamburg"],
}

/** The channels of a demo: simulators, or a fake Shopify in the place of the one that keeps two locations. */
export const demoChannels = (channels: "simulators" | "shopify"): readonly DemoChannel[] =>
  channels === "simulators"
    ? DEMO_CHANNELS
    : DEMO_CHANNELS.map((channel) => (channel.settings.has_locations ? SHOPIFY : channel))
