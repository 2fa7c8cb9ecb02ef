import { startChannels, type RunningChannel, type SimulatorProcess } from "../../scripts/demo/worlds/simulators"
import { BATCH, externalId, LATENCY_MS, TOKEN } from "./layout"

interface ChannelStats {
  readonly calls: number
  readonly calls_by_route: Readonly<Record<string, number>>
  readonly items_written: number
  readonly items_rejected: number
  readonly conflicts: number
  readonly validation_errors: number
}

export interface ChannelTotals {
  /** Of every kind. */
  readonly calls: number
  /** Calls that set quantities. */
  readonly writeCalls: number
  readonly itemsWritten: number
  /** Items that were refused, for whatever reason: none may be. */
  readonly itemsRefused: number
  /** Listings that show another number than they should. */
  readonly wrongNumbers: number
}

/** Fake channels in a process of their own, all filled with the opening stock: a fixed delay and no accidents. */
export const openChannels = (count: number, opening: readonly number[]): Promise<SimulatorProcess> =>
  startChannels(
    Array.from({ length: count }, (_, channel) => ({
      name: `Channel ${channel + 1}`,
      token: TOKEN,
      latency_ms: LATENCY_MS,
      max_batch: BATCH,
      has_locations: false,
      listings: opening.map((quantity, sku) => ({ id: externalId(sku), sku: `SKU-${sku}`, quantity })),
    }))
  )

async function wrongNumbers(channel: RunningChannel, expected: readonly number[]): Promise<number> {
  const { stock } = await channel.get<{ stock: { listing_id: string; quantity: number }[] }>("/control/state")
  const shown = new Map(stock.map((slot) => [slot.listing_id, slot.quantity]))
  return expected.filter((quantity, sku) => shown.get(externalId(sku)) !== quantity).length
}

/** What the channels themselves counted, and whether they show what they should. */
export async function readChannels(
  channels: readonly RunningChannel[],
  expected: readonly number[]
): Promise<ChannelTotals> {
  const totals = { calls: 0, writeCalls: 0, itemsWritten: 0, itemsRefused: 0, wrongNumbers: 0 }
  for (const channel of channels) {
    const stats = await channel.get<ChannelStats>("/control/stats")
    totals.calls += stats.calls
    totals.writeCalls += stats.calls_by_route["POST /v1/inventory/set"] ?? 0
    totals.itemsWritten += stats.items_written
    totals.itemsRefused += stats.items_rejected + stats.conflicts + stats.validation_errors
    totals.wrongNumbers += await wrongNumbers(channel, expected)
  }
  return totals
}
