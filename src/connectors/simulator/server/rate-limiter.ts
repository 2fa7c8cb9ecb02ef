/** A token bucket over a clock in milliseconds that is handed in. */
export class RateLimiter {
  readonly #perSecond: number
  readonly #burst: number
  #tokens: number
  #filledAt: number

  constructor(limit: { readonly calls_per_second: number; readonly burst: number }, now: number) {
    this.#perSecond = limit.calls_per_second
    this.#burst = limit.burst
    this.#tokens = limit.burst
    this.#filledAt = now
  }

  /** Takes a token. @returns 0, or how many milliseconds to wait for the next one */
  take(now: number): number {
    const gained = ((now - this.#filledAt) / 1_000) * this.#perSecond
    this.#tokens = Math.min(this.#burst, this.#tokens + gained)
    this.#filledAt = now
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1_000)
  }
}
