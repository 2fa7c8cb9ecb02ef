import { toFailure } from "../lib/errors"

export interface BatchLogOptions {
  /** Entries that may wait to be stored. The oldest give way to the newest. */
  readonly capacity: number
  /** Entries stored by one statement. */
  readonly batch: number
  /** How long an entry may wait for others to be stored with, in milliseconds. */
  readonly intervalMs: number
}

const DEFAULTS: BatchLogOptions = { capacity: 1_000, batch: 200, intervalMs: 500 }

export interface BatchLogTarget<Entry> {
  /** What the entries are, for the sentence that says how many were lost: "calls to channels". */
  readonly what: string
  store(entries: readonly Entry[]): Promise<unknown>
  warn(message: string): void
}

/**
 * Stores entries of a log in batches and behind the back of whoever writes them. Nobody waits for it: when the database is
 * slower than what happens, the oldest entries are dropped and counted.
 */
export class BatchLog<Entry> {
  private queue: Entry[] = []
  private writing: Promise<void> | null = null
  private timer: NodeJS.Timeout | null = null
  private readonly options: BatchLogOptions
  /** Entries that were not stored, since the process began. */
  dropped = 0

  constructor(
    private readonly target: BatchLogTarget<Entry>,
    options: Partial<BatchLogOptions> = {}
  ) {
    this.options = { ...DEFAULTS, ...options }
  }

  /** Entries that are not stored yet. */
  get waiting(): number {
    return this.queue.length
  }

  add(entry: Entry): void {
    if (this.queue.length >= this.options.capacity) {
      this.queue.shift()
      this.dropped += 1
    }
    this.queue.push(entry)
    if (this.queue.length >= this.options.batch) {
      void this.flush()
    } else {
      this.flushLater()
    }
  }

  /** Stores what there is. Never throws: what cannot be stored is dropped. */
  async flush(): Promise<void> {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null
      // What came while the last batch was being put away.
      if (this.queue.length > 0) {
        this.flushLater()
      }
    })
    await this.writing
  }

  private flushLater(): void {
    this.timer ??= setTimeout(() => void this.flush(), this.options.intervalMs).unref()
  }

  private async writeAll(): Promise<void> {
    if (this.timer) {
      clearTimeout(this.timer)
      this.timer = null
    }
    const before = this.dropped
    let problem = ""
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.options.batch)
      try {
        await this.target.store(batch)
      } catch (error) {
        this.dropped += batch.length
        problem = ` ${toFailure(error).message}`
      }
    }
    if (this.dropped > before || problem !== "") {
      this.target.warn(`hub: ${this.dropped} ${this.target.what} were not logged so far.${problem}`)
    }
  }
}
