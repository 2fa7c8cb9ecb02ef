import { CallFailure } from "./call-failure"

interface Waiter {
  readonly admit: () => void
  readonly timer: NodeJS.Timeout
}

/**
 * So many calls at the same time and no more; the others wait in line, first come first served.
 *
 * Each connection has its own. So a channel that hangs uses up its own places and nobody else's.
 */
export class Bulkhead {
  private running = 0
  private readonly line: Waiter[] = []

  constructor(
    private readonly places: number,
    private readonly maxWaiting: number
  ) {}

  /** Runs the work when a place is free. Throws a `CallFailure` (`no-place`) when none is within `waitMs`. */
  async run<T>(waitMs: number, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.places) {
      await this.wait(waitMs)
    } else {
      this.running += 1
    }
    try {
      return await work()
    } finally {
      this.leave()
    }
  }

  /** The place of whoever leaves goes straight to the next in line. */
  private leave(): void {
    const next = this.line.shift()
    if (next) {
      clearTimeout(next.timer)
      next.admit()
    } else {
      this.running -= 1
    }
  }

  private wait(waitMs: number): Promise<void> {
    if (this.line.length >= this.maxWaiting) {
      return Promise.reject(new CallFailure("no-place", false))
    }
    return new Promise((admit, reject) => {
      const timer = setTimeout(() => {
        this.line.splice(this.line.indexOf(waiter), 1)
        reject(new CallFailure("no-place", false))
      }, waitMs)
      const waiter: Waiter = { admit, timer }
      this.line.push(waiter)
    })
  }
}
