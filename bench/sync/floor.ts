import type { HttpClient } from "../../src/types/http-port"
import { CALLS_AT_ONCE } from "./layout"
import { sendItems, type Item } from "./send"

/** The calls that one channel got, in order. */
export type Batches = readonly (readonly Item[])[]

export interface FloorReport {
  readonly calls: number
  readonly seconds: number
  /** Milliseconds that each call took. */
  readonly latencies: readonly number[]
}

/**
 * The least that it can take: the same batches to the same channels, one after the other on each, and nothing else. No
 * stock is read, nothing is decided, nothing is stored.
 */
export async function runFloor(channels: readonly HttpClient[], batches: readonly Batches[]): Promise<FloorReport> {
  const latencies: number[] = []
  const begun = performance.now()
  await Promise.all(
    channels.flatMap((channel, index) => {
      const queue = (batches[index] ?? []).entries()
      const work = async (): Promise<void> => {
        for (const [number, items] of queue) {
          const sent = performance.now()
          await sendItems(channel, `floor-${index}-${number}`, items)
          latencies.push(performance.now() - sent)
        }
      }
      return Array.from({ length: CALLS_AT_ONCE }, work)
    })
  )
  return { calls: latencies.length, seconds: (performance.now() - begun) / 1_000, latencies }
}
