interface Sleeper {
  readonly at: number
  readonly order: number
  readonly wake: () => void
}

/** A clock that stands still while there is something to do, and then goes on to the next moment at which there is. */
export class VirtualClock {
  private time = Date.parse("2026-11-21T10:00:00Z")
  private slept = 0
  private sleepers: Sleeper[] = []

  readonly now = (): number => this.time

  readonly sleep = (ms: number): Promise<void> =>
    ms <= 0
      ? Promise.resolve()
      : new Promise((wake) => {
          this.slept += 1
          this.sleepers.push({ at: this.time + ms, order: this.slept, wake })
        })

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { isDone: false }
    const watched = work.finally(() => {
      state.isDone = true
    })
    watched.catch(() => undefined)
    for (;;) {
      await new Promise(setImmediate)
      if (state.isDone) {
        return watched
      }
      this.sleepers.sort((a, b) => a.at - b.at || a.order - b.order)
      const next = this.sleepers.shift()
      if (!next) {
        throw new Error("Everybody waits for somebody else.")
      }
      this.time = Math.max(this.time, next.at)
      next.wake()
    }
  }
}
