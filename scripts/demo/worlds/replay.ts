import { setTimeout as sleep } from "node:timers/promises"
import type { Replay, ReplayEvent, ReplayOrderLine } from "../transactions/plan-replay"
import type { SalesLedger } from "./sales-ledger"
import type { PlacedOrder, RunningChannel } from "./simulators"

/** One of the two worlds that see the same buyers: that of the hub and that of the naive subscriber. */
export class World {
  /** Orders and returns that the channels of this world have taken. */
  placed = 0
  private readonly orders = new Map<
    string,
    { channel: RunningChannel; order: PlacedOrder; open: Map<string, number> }
  >()

  constructor(
    private readonly channels: readonly RunningChannel[],
    readonly ledger: SalesLedger,
    /** What the warehouse does: goods put back, counts corrected. */
    private readonly moveStock: (sku: string, delta: number) => Promise<void>
  ) {}

  async happen(event: ReplayEvent): Promise<void> {
    switch (event.kind) {
      case "order":
        return this.order(event.channel, event.number, event.lines)
      case "cancel":
        return this.cancel(event.cancels, event.lines)
      case "return":
        return this.giveBack(event.channel, event.number, event.lines)
      case "adjust":
        for (const line of event.lines) {
          await this.move(line.sku, line.delta)
        }
    }
  }

  private async order(index: number, number: string, lines: readonly ReplayOrderLine[]): Promise<void> {
    const channel = this.channels[index]
    const order = await channel?.order({
      number,
      currency: "gbp",
      lines: lines.map((line) => ({
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: line.unitPrice,
        service: line.isService,
      })),
    })
    if (!channel || !order) {
      return
    }
    this.placed += 1
    this.orders.set(number, { channel, order, open: new Map(order.lines.map((line) => [line.id, line.quantity])) })
    for (const { sku, sold } of order.sold) {
      if (sku !== null) {
        this.ledger.sell(sku, sold)
      }
    }
  }

  /** Cancels what was really sold: a buyer who got 3 of 5 cannot give back 5. */
  private async cancel(number: string, lines: readonly ReplayOrderLine[]): Promise<void> {
    const placed = this.orders.get(number)
    if (!placed) {
      return
    }
    const cancelled = new Map<string, number>()
    for (const line of lines) {
      let left = line.quantity
      for (const sold of placed.order.lines) {
        const units = sold.sku === line.sku ? Math.min(left, placed.open.get(sold.id) ?? 0) : 0
        if (units > 0) {
          placed.open.set(sold.id, (placed.open.get(sold.id) ?? 0) - units)
          cancelled.set(sold.id, (cancelled.get(sold.id) ?? 0) + units)
          this.ledger.move(line.sku, units)
          left -= units
        }
      }
    }
    if (cancelled.size > 0) {
      await placed.channel.cancel(
        placed.order.id,
        [...cancelled].map(([line_id, quantity]) => ({ line_id, quantity }))
      )
    }
  }

  private async giveBack(index: number, number: string, lines: readonly ReplayOrderLine[]): Promise<void> {
    this.placed += 1
    await this.channels[index]?.returnGoods({
      number,
      lines: lines.map((line) => ({
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: line.unitPrice,
      })),
    })
    for (const line of lines) {
      await this.move(line.sku, line.quantity)
    }
  }

  private async move(sku: string, delta: number): Promise<void> {
    this.ledger.move(sku, delta)
    await this.moveStock(sku, delta)
  }
}

export interface Pace {
  readonly speed: number | "max"
  /** Resolves when the world that is behind may take another order. Called before every event at speed `max`. */
  readonly admit: () => Promise<void>
  readonly isStopped: () => boolean
  readonly onProgress: (done: number, total: number) => void
}

/** Lets everything happen in both worlds at the same moments, in the order of the log. */
export async function runReplay(
  replay: Replay,
  worlds: readonly World[],
  pace: Pace
): Promise<{ readonly seconds: number; readonly orders: number }> {
  const begin = performance.now()
  let orders = 0
  for (const [index, event] of replay.events.entries()) {
    if (pace.isStopped()) {
      break
    }
    if (pace.speed === "max") {
      await pace.admit()
    } else {
      await sleep(Math.max(0, begin + (index / pace.speed) * 1_000 - performance.now()))
    }
    await Promise.all(worlds.map((world) => world.happen(event)))
    orders += event.kind === "order" ? 1 : 0
    pace.onProgress(index + 1, replay.events.length)
  }
  return { seconds: (performance.now() - begin) / 1_000, orders }
}
