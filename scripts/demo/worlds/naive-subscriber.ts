import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"

interface NaiveChannel {
  readonly name: string
  readonly url: string
  readonly token: string
  /** Where it writes: a naive subscriber knows one location. */
  readonly locationId: string
  /** Listing ids by SKU. */
  readonly listingIds: ReadonlyMap<string, string>
}

interface Call {
  readonly listingId: string
  readonly quantity: number
}

interface OrderEvent {
  readonly data: {
    readonly id: string
    readonly lines: readonly {
      readonly id: string
      readonly sku: string | null
      readonly quantity: number
      readonly cancelled_quantity: number
    }[]
  }
}

/** Calls that one channel may have on their way at the same time. */
const CONCURRENCY = 4

/**
 * The baseline: what many shops run. It keeps one number for each SKU, and on every event it sends that number to every
 * channel, one API call for each event and channel, first in, first out, waiting when a channel says 429.
 *
 * It is kinder than the real thing: its own stock costs it nothing, no webhook is lost, every call is repeated until it is
 * answered. What it lacks is what this project is about: it knows events, not states.
 */
export class NaiveSubscriber {
  private readonly stock: Map<string, number>
  private readonly open = new Map<string, number>()
  private readonly queues: Call[][]
  private readonly active: number[]
  private readonly pausedUntil: number[]
  private server: Server | null = null
  calls = 0

  constructor(
    opening: ReadonlyMap<string, number>,
    private readonly channels: readonly NaiveChannel[]
  ) {
    this.stock = new Map(opening)
    this.queues = channels.map(() => [])
    this.active = channels.map(() => 0)
    this.pausedUntil = channels.map(() => 0)
  }

  /** Calls that are still waiting to be made. */
  get backlog(): number {
    return this.queues.reduce((sum, queue) => sum + queue.length, 0)
  }

  /** Listens for the channels' webhooks. */
  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      readJson(request).then(
        (event) => {
          this.receive(event)
          response.writeHead(200).end()
        },
        () => response.writeHead(400).end()
      )
    })
    this.server = server
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }

  /** The warehouse corrected its count, or goods came back. */
  adjust(sku: string, delta: number): void {
    this.change(sku, delta)
  }

  stop(): void {
    this.queues.forEach((queue) => queue.splice(0))
    this.server?.closeAllConnections()
    this.server?.close()
  }

  private receive(event: OrderEvent): void {
    for (const line of event.data.lines) {
      const key = `${event.data.id} ${line.id}`
      const openNow = line.quantity - line.cancelled_quantity
      const delta = (this.open.get(key) ?? 0) - openNow
      this.open.set(key, openNow)
      if (line.sku !== null && delta !== 0) {
        this.change(line.sku, delta)
      }
    }
  }

  private change(sku: string, delta: number): void {
    const before = this.stock.get(sku)
    if (before === undefined) {
      return
    }
    const now = before + delta
    this.stock.set(sku, now)
    this.channels.forEach((channel, index) => {
      const listingId = channel.listingIds.get(sku)
      if (listingId) {
        this.queues[index]?.push({ listingId, quantity: Math.max(0, now) })
        this.fill(index)
      }
    })
  }

  private fill(index: number): void {
    const wait = (this.pausedUntil[index] ?? 0) - performance.now()
    if (wait > 0) {
      setTimeout(() => this.fill(index), wait).unref()
      return
    }
    while ((this.active[index] ?? 0) < CONCURRENCY && (this.queues[index]?.length ?? 0) > 0) {
      const call = this.queues[index]?.shift()
      if (call) {
        this.active[index] = (this.active[index] ?? 0) + 1
        void this.send(index, call).finally(() => {
          this.active[index] = (this.active[index] ?? 1) - 1
          this.fill(index)
        })
      }
    }
  }

  private async send(index: number, call: Call): Promise<void> {
    const channel = this.channels[index]
    if (!channel) {
      return
    }
    this.calls += 1
    const item = { listing_id: call.listingId, location_id: channel.locationId, quantity: call.quantity }
    const response = await fetch(`${channel.url}/v1/inventory/set`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${channel.token}` },
      body: JSON.stringify({ idempotency_key: `naive-${channel.name}-${this.calls}`, items: [item] }),
    }).catch(() => null)
    await response?.arrayBuffer()
    if (response?.status === 429) {
      this.queues[index]?.unshift(call)
      this.pausedUntil[index] = performance.now() + Number(response.headers.get("retry-after") ?? 1) * 1_000
    }
  }
}

async function readJson(request: IncomingMessage): Promise<OrderEvent> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as OrderEvent
}
