import type { SimulatorSettingsInput } from "../../src/connectors/simulator/server/settings"
import { UsageError, type DemoOptions } from "./options"
import type { ProgressBars } from "./terminal/progress-bars"
import { planReplay, type Replay } from "./transactions/plan-replay"
import { readTransactions, type TransactionLine } from "./transactions/read-transactions"
import { DEMO_CHANNELS, type DemoChannel } from "./worlds/channels"

/** Reads and plans the log that the person named. */
export async function readReplay(options: DemoOptions, bars: ProgressBars): Promise<Replay> {
  const lines: TransactionLine[] = []
  for await (const line of readTransactions(options.transactions ?? "", options.lines)) {
    lines.push(line)
  }
  bars.show("Read the log", 1, 1)
  if (lines.length === 0) {
    throw new UsageError(`${options.transactions ?? "The log"} holds no transactions, only a header.`)
  }
  return planReplay(lines, { channels: DEMO_CHANNELS.length, seed: options.seed })
}

export interface ListedItem {
  readonly sku: string
  readonly title: string
  /** What the channel shows in the beginning; 0 until the hub says otherwise. */
  readonly quantity?: number
}

export type ChannelSettings = SimulatorSettingsInput & {
  readonly name: string
  readonly token: string
  readonly isShopify?: true
}

/** The channel's own id of the n-th listing. */
export const listingId = (channel: string, index: number): string => `${channel.slice(0, 2).toUpperCase()}-${index + 1}`

/** Every channel of the demo with the same things to sell. */
export const settingsOf = (
  items: readonly ListedItem[],
  ports: readonly number[] = [],
  channels: readonly DemoChannel[] = DEMO_CHANNELS
): ChannelSettings[] =>
  channels.map((channel, position) => ({
    ...channel.settings,
    ...(channel.isShopify ? { isShopify: true, locations: shopifyPlaces(channel) } : {}),
    name: channel.name,
    port: ports[position] ?? 0,
    token: `token-of-${channel.name.toLowerCase()}`,
    listings: items.map((item, index) => ({
      id: listingId(channel.name, index),
      sku: item.sku,
      title: item.title,
      quantity: item.quantity ?? 0,
    })),
  }))

const shopifyPlaces = ({ locations }: DemoChannel): { id: string; name: string }[] =>
  [...new Set(locations)].map((name) => ({ id: name, name }))
