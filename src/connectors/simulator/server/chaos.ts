import type { ChaosSettings } from "./settings"

/** A small seeded generator (mulberry32): the same seed gives the same row of numbers from 0 up to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What goes wrong with one call. At most one of them is acted on: the first that is true, from top to bottom. */
export interface CallFate {
  readonly failed: boolean
  readonly rateLimited: boolean
  readonly appliedLate: boolean
  readonly answerDropped: boolean
  readonly partial: boolean
  readonly malformed: boolean
  /** From 0 up to 1. */
  readonly jitter: number
}

export interface WebhookFate {
  readonly dropped: boolean
  readonly duplicated: boolean
  /** From 0 up to 1; only used when webhooks are shuffled. */
  readonly shuffle: number
}

/**
 * The dice. Every call, item and webhook draws the same number of times whatever the rates are, each kind from its own
 * row: so changing one rate, or the number of webhooks, does not move the other accidents elsewhere.
 */
export class Chaos {
  readonly #call: () => number
  readonly #item: () => number
  readonly #webhook: () => number

  constructor(seed: number) {
    this.#call = seededRandom(seed)
    this.#item = seededRandom(seed ^ 0x1f1f1f1f)
    this.#webhook = seededRandom(seed ^ 0x2e2e2e2e)
  }

  nextCall(settings: ChaosSettings): CallFate {
    const happens = (rate: number): boolean => this.#call() < rate
    return {
      failed: happens(settings.error_rate),
      rateLimited: happens(settings.rate_limit_rate),
      appliedLate: happens(settings.late_apply_rate),
      answerDropped: happens(settings.drop_answer_rate),
      partial: happens(settings.partial_rate),
      malformed: happens(settings.malformed_rate),
      jitter: this.#call(),
    }
  }

  rejectsItem(settings: ChaosSettings): boolean {
    return this.#item() < settings.reject_item_rate
  }

  nextWebhook(settings: ChaosSettings): WebhookFate {
    return {
      dropped: this.#webhook() < settings.webhook_drop_rate,
      duplicated: this.#webhook() < settings.webhook_duplicate_rate,
      shuffle: this.#webhook(),
    }
  }
}
