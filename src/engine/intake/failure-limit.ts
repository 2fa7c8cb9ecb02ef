export interface FailureLimitOptions {
  /** Failures within one window that are still looked at one by one. */
  readonly most: number
  readonly windowMs: number
  /** Keys that are remembered. The oldest are forgotten first, so that a flood of addresses takes no memory. */
  readonly capacity: number
}

/**
 * Counts failures by key in fixed windows. Pure but for its memory: the time is handed in.
 */
export class FailureLimit {
  private readonly windows = new Map<string, { begunAt: number; count: number }>()

  constructor(private readonly options: FailureLimitOptions) {}

  /**
   * Notes a failure.
   *
   * @param now in milliseconds, of any clock that does not go back
   * @returns how long the sender should wait, in milliseconds; 0 while there were not too many
   */
  note(key: string, now: number): number {
    const { most, windowMs, capacity } = this.options
    const known = this.windows.get(key)
    const window = known && now - known.begunAt < windowMs ? known : { begunAt: now, count: 0 }
    window.count += 1
    if (window !== known) {
      this.windows.delete(key)
      this.windows.set(key, window)
      const [oldest] = this.windows.keys()
      if (this.windows.size > capacity && oldest !== undefined) {
        this.windows.delete(oldest)
      }
    }
    return window.count > most ? window.begunAt + windowMs - now : 0
  }
}
