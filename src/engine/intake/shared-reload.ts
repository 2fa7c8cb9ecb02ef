/** How often the work is done at most: once in this many milliseconds. */
const EVERY_MS = 250
/** Callers that may wait for the next time. Beyond, they go on with what there is: a flood must not pile up. */
const MOST_WAITING = 1_000

/**
 * Work that many ask for and that is done once for all of them, a few times a second at most.
 *
 * Whoever asks with {@link now} gets work that began after they asked, so they see what happened before.
 */
export class SharedReload {
  private running: Promise<void> | null = null
  private next: Promise<void> | null = null
  private waiting = 0
  /** Milliseconds since the process began; never, at first. */
  private begunAt = -Infinity

  constructor(
    private readonly work: () => Promise<void>,
    private readonly clock: () => number = () => performance.now()
  ) {}

  /** Waits for work that began at most so many milliseconds ago. Rejects with what the work rejected with. */
  async ifOlderThan(ms: number): Promise<void> {
    if (this.clock() - this.begunAt >= ms) {
      await (this.running ?? this.now())
    } else if (this.running) {
      await this.running
    }
  }

  /** Waits for work that begins after this call. */
  async now(): Promise<void> {
    if (this.waiting >= MOST_WAITING) {
      return
    }
    this.waiting += 1
    try {
      this.next ??= this.begin()
      await this.next
    } finally {
      this.waiting -= 1
    }
  }

  private async begin(): Promise<void> {
    await this.running?.catch(() => undefined)
    const rest = this.begunAt + EVERY_MS - this.clock()
    if (rest > 0) {
      await new Promise((resolve) => setTimeout(resolve, rest))
    }
    this.next = null
    this.begunAt = this.clock()
    this.running = this.work().finally(() => {
      this.running = null
    })
    // Whoever waits is told of a failure; the next caller tries again at once.
    this.running.catch(() => {
      this.begunAt = -Infinity
    })
    await this.running
  }
}
