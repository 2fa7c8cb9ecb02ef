import type { HttpClient } from "../../src/types/http-port"
import { CALLS_AT_ONCE } from "./layout"
import { sendItems } from "./send"
import type { StockEvent } from "./write-stream"

/**
 * What many shops run: on every event one call to every channel with the new number, first in, first out. The queue costs
 * it nothing and it loses nothing, which is kinder than the real thing.
 */
export class NaiveSubscriber {
  private readonly queues: StockEvent[][]
  private readonly active: number[]
  private readonly heads: number[]
  private failure: Error | null = null
  private idle: (() => void) | null = null
  /** Milliseconds from the commit to the channel's answer, for every call. */
  readonly latencies: number[] = []
  calls = 0

  constructor(private readonly channels: readonly HttpClient[]) {
    this.queues = channels.map(() => [])
    this.active = channels.map(() => 0)
    this.heads = channels.map(() => 0)
  }

  receive(event: StockEvent): void {
    this.channels.forEach((_, index) => {
      this.queues[index]?.push(event)
      this.fill(index)
    })
  }

  /** Resolves when every call has been answered. Throws what a channel refused. */
  async finish(): Promise<void> {
    while (this.failure === null && this.isBusy()) {
      await new Promise<void>((resolve) => {
        this.idle = resolve
      })
    }
    if (this.failure) {
      throw this.failure
    }
  }

  private isBusy(): boolean {
    return this.queues.some((queue, index) => (this.heads[index] ?? 0) < queue.length || (this.active[index] ?? 0) > 0)
  }

  private fill(index: number): void {
    const queue = this.queues[index] ?? []
    while ((this.active[index] ?? 0) < CALLS_AT_ONCE) {
      const event = queue[this.heads[index] ?? 0]
      const channel = this.channels[index]
      if (!event || !channel) {
        return
      }
      this.heads[index] = (this.heads[index] ?? 0) + 1
      this.active[index] = (this.active[index] ?? 0) + 1
      void this.send(index, channel, event)
    }
  }

  private async send(index: number, channel: HttpClient, event: StockEvent): Promise<void> {
    this.calls += 1
    try {
      await sendItems(channel, `naive-${index}-${this.calls}`, [
        { sku: event.sku, quantity: Math.max(0, event.available) },
      ])
      this.latencies.push(performance.timeOrigin + performance.now() - event.committedAt)
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error))
    }
    this.active[index] = (this.active[index] ?? 1) - 1
    this.fill(index)
    if (this.failure !== null || !this.isBusy()) {
      this.idle?.()
    }
  }
}
