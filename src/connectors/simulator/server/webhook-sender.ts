import { request as requestHttp, Agent as HttpAgent } from "node:http"
import { request as requestHttps } from "node:https"
import { setTimeout as sleep } from "node:timers/promises"
import { signWebhook } from "../../../lib/webhook-signature"
import type { Chaos } from "./chaos"
import type { Behaviour } from "./settings"
import type { Stats } from "./stats"

export interface Subscription {
  readonly url: string
  readonly secret: string
}

export interface WebhookEvent {
  readonly type: "order.placed" | "order.changed" | "stock.changed"
  /** Events about the same thing keep their order, unless chaos shuffles them. */
  readonly about: string
  readonly data: unknown
}

interface Delivery {
  readonly eventId: string
  readonly rawBody: Buffer
  readonly subscription: Subscription
  readonly delayMs: number
}

interface SenderParts {
  readonly behaviour: () => Behaviour
  readonly chaos: () => Chaos
  readonly stats: Stats
  readonly signal: AbortSignal
  /** Makes ids differ from those of an earlier life of the same channel, which the hub may still remember. */
  readonly runId: string
}

const MAX_RETRY_MS = 5_000
/** How far apart shuffled webhooks may land at least. */
const SHUFFLE_MS = 50

/** Sends signed webhooks in the background, again and again until they are answered 2xx or the attempts are used up. */
export class WebhookSender {
  readonly #parts: SenderParts
  readonly #agent = new HttpAgent({ keepAlive: true })
  /** What waits, by what it is about: the head of each is on its way or next in line. */
  readonly #queues = new Map<string, Delivery[]>()
  readonly #ready: string[] = []
  #subscription: Subscription | null = null
  #active = 0
  #eventCount = 0

  constructor(parts: SenderParts) {
    this.#parts = parts
    parts.signal.addEventListener("abort", () => this.#agent.destroy(), { once: true })
  }

  get subscriptionUrl(): string | null {
    return this.#subscription?.url ?? null
  }

  /** As a channel does that was not answered for long. */
  forget(): void {
    this.#subscription = null
  }

  subscribe(subscription: Subscription): void {
    this.#subscription = subscription
  }

  /** Sends nothing if nobody has subscribed. */
  emit(event: WebhookEvent): void {
    this.#eventCount += 1
    const { chaos } = this.#parts.behaviour()
    const fate = this.#parts.chaos().nextWebhook(chaos)
    const eventId = `evt-${this.#parts.runId}-${this.#eventCount}`
    if (!this.#subscription) {
      return
    }
    if (fate.dropped) {
      this.#parts.stats.webhooks_dropped += 1
      return
    }
    const occurred_at = new Date().toISOString()
    const rawBody = Buffer.from(JSON.stringify({ type: event.type, event_id: eventId, occurred_at, data: event.data }))
    const span = Math.max(chaos.webhook_delay_ms, SHUFFLE_MS)
    const delayMs = chaos.webhook_shuffle ? Math.round(fate.shuffle * span) : chaos.webhook_delay_ms
    const delivery: Delivery = { eventId, rawBody, subscription: this.#subscription, delayMs }
    const about = chaos.webhook_shuffle ? eventId : event.about
    this.#enqueue(about, delivery)
    if (fate.duplicated) {
      this.#enqueue(`${about} again`, delivery)
    }
  }

  #enqueue(about: string, delivery: Delivery): void {
    this.#parts.stats.webhooks_waiting += 1
    const queue = this.#queues.get(about)
    if (queue) {
      queue.push(delivery)
      return
    }
    this.#queues.set(about, [delivery])
    this.#ready.push(about)
    this.#fill()
  }

  #fill(): void {
    while (this.#active < this.#parts.behaviour().webhook_concurrency && !this.#parts.signal.aborted) {
      const about = this.#ready.shift()
      if (about === undefined) {
        return
      }
      this.#active += 1
      void this.#deliverHead(about).finally(() => {
        this.#active -= 1
        this.#fill()
      })
    }
  }

  async #deliverHead(about: string): Promise<void> {
    const queue = this.#queues.get(about) ?? []
    const [delivery] = queue
    if (delivery) {
      await this.#deliver(delivery).catch(() => undefined)
      this.#parts.stats.webhooks_waiting -= 1
    }
    queue.shift()
    if (queue.length > 0) {
      this.#ready.push(about)
    } else {
      this.#queues.delete(about)
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { stats, signal } = this.#parts
    await this.#wait(delivery.delayMs)
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const status = await this.#attempt(delivery).catch(() => 0)
      if (status >= 200 && status < 300) {
        stats.webhooks_sent += 1
        return
      }
      stats.webhook_attempts_failed += 1
      const { webhook_max_attempts, webhook_retry_ms } = this.#parts.behaviour()
      if (attempt >= webhook_max_attempts) {
        stats.webhooks_failed += 1
        return
      }
      await this.#wait(Math.min(MAX_RETRY_MS, webhook_retry_ms * 2 ** (attempt - 1)))
    }
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) {
      await sleep(ms, undefined, { signal: this.#parts.signal })
    }
  }

  #attempt({ eventId, rawBody, subscription }: Delivery): Promise<number> {
    const timestampSeconds = Math.floor(Date.now() / 1_000)
    const signed = signWebhook({ id: eventId, timestampSeconds, rawBody }, [subscription.secret])
    if (!signed.ok) {
      return Promise.reject(new Error(signed.error.message))
    }
    const isHttps = subscription.url.startsWith("https:")
    const { signal } = this.#parts
    return new Promise((resolve, reject) => {
      const request = (isHttps ? requestHttps : requestHttp)(
        subscription.url,
        {
          method: "POST",
          ...(isHttps ? {} : { agent: this.#agent }),
          signal,
          timeout: this.#parts.behaviour().webhook_timeout_ms,
          headers: { "content-type": "application/json", "content-length": rawBody.length, ...signed.value },
        },
        (response) => {
          response.resume()
          response.once("end", () => resolve(response.statusCode ?? 0)).once("error", reject)
        }
      )
      request.once("timeout", () => request.destroy(new Error("timeout"))).once("error", reject)
      request.end(rawBody)
    })
  }
}
