import { randomBytes } from "node:crypto"
import { setMaxListeners } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import type { Answer } from "./answer"
import { Chaos } from "./chaos"
import { IdempotencyStore } from "./idempotency-store"
import { OAuthServer } from "./oauth-server"
import { OrderBook } from "./order-book"
import { RateLimiter } from "./rate-limiter"
import { behaviourOf, patchBehaviour, type Behaviour, type SimulatorSettings } from "./settings"
import { Shelf } from "./shelf"
import { newStats } from "./stats"
import { WebhookSender } from "./webhook-sender"
import { WriteLog } from "./write-log"

/** Everything one fake channel is made of. The routes are functions over it. */
export class Simulator {
  readonly stats = newStats()
  readonly writes = new WriteLog()
  readonly idempotency = new IdempotencyStore<Promise<Answer>>()
  readonly shelf: Shelf
  readonly orders: OrderBook
  readonly webhooks: WebhookSender
  readonly oauth: OAuthServer | null
  readonly #abort = new AbortController()
  #behaviour: Behaviour
  #chaos: Chaos
  #limiter: RateLimiter | null
  #hold = { next: 0, ms: 0 }

  constructor(readonly settings: SimulatorSettings) {
    const behaviour = behaviourOf(settings)
    this.#behaviour = behaviour
    this.#chaos = new Chaos(behaviour.chaos.seed)
    this.#limiter = newLimiter(behaviour)
    // Every held call and every webhook on its way listens to it: many is what a busy channel looks like.
    setMaxListeners(0, this.#abort.signal)
    this.oauth = settings.oauth && new OAuthServer(settings.oauth)
    const runId = randomBytes(4).toString("hex")
    this.webhooks = new WebhookSender({
      runId,
      behaviour: () => this.#behaviour,
      chaos: () => this.#chaos,
      stats: this.stats,
      signal: this.#abort.signal,
    })
    this.shelf = new Shelf(settings, (shown) => {
      if (this.#behaviour.stock_webhooks) {
        this.webhooks.emit({ type: "stock.changed", about: `${shown.listing_id} ${shown.location_id}`, data: shown })
      }
    })
    this.orders = new OrderBook(this.shelf, runId, (order, isNew) => {
      this.webhooks.emit({ type: isNew ? "order.placed" : "order.changed", about: order.id, data: order })
    })
  }

  get behaviour(): Behaviour {
    return this.#behaviour
  }

  get chaos(): Chaos {
    return this.#chaos
  }

  /** Changes the behaviour. Naming the seed, even the same one, starts the dice again. */
  patch(patch: Readonly<Record<string, unknown>>): Behaviour {
    this.#behaviour = patchBehaviour(this.#behaviour, patch)
    const { chaos } = patch
    if (typeof chaos === "object" && chaos !== null && "seed" in chaos) {
      this.#chaos = new Chaos(this.#behaviour.chaos.seed)
    }
    if ("rate_limit" in patch) {
      this.#limiter = newLimiter(this.#behaviour)
    }
    return this.#behaviour
  }

  /** @returns 0, or how many milliseconds to wait before the next call */
  takeToken(): number {
    return this.#limiter?.take(performance.now()) ?? 0
  }

  /** Makes the next writes take that long before they are applied. */
  hold(hold: { readonly next: number; readonly ms: number }): void {
    this.#hold = { ...hold }
  }

  /** How long the write that begins now is held. */
  nextHoldMs(): number {
    if (this.#hold.next === 0) {
      return 0
    }
    this.#hold.next -= 1
    return this.#hold.ms
  }

  /** Rejects when the simulator is stopped meanwhile. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) {
      await sleep(ms, undefined, { signal: this.#abort.signal })
    }
  }

  /** Ends everything that waits: held writes, late writes, webhooks. */
  stop(): void {
    this.#abort.abort()
  }
}

const newLimiter = ({ rate_limit }: Behaviour): RateLimiter | null =>
  rate_limit ? new RateLimiter(rate_limit, performance.now()) : null
