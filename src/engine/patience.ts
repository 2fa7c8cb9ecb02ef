import { setTimeout as sleep } from "node:timers/promises"
import { toFailure } from "../lib/errors"

/** How long a person is made to wait for a channel that asks for pauses, in milliseconds, all pauses together. */
const MOST_PATIENCE_MS = 60_000
/** Where a channel does not say how long. */
const DEFAULT_PAUSE_MS = 1_000

/**
 * Does work that a person waits for, call by call: a channel that asks for a pause gets it, and the work goes on, instead of
 * failing half way. Any other failure is passed on.
 */
export class Patience {
  private left = MOST_PATIENCE_MS

  async with<Result>(call: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await call()
      } catch (error) {
        const failure = toFailure(error)
        const pauseMs = failure.retryAfterMs ?? DEFAULT_PAUSE_MS
        if (failure.kind !== "rate-limited" || pauseMs > this.left) {
          throw error
        }
        this.left -= pauseMs
        await sleep(pauseMs)
      }
    }
  }
}
