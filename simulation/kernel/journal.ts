const REMEMBERED = 4_000

/** What happened, in words: the last lines to read, and one number over all of them to compare two runs by. */
export class Journal {
  private readonly lines: string[] = []
  private hash = 0x811c9dc5
  private written = 0

  constructor(private readonly clock: () => number) {}

  /** How many lines there were. */
  get length(): number {
    return this.written
  }

  note(line: string): void {
    const now = this.clock()
    let hash = Math.imul(this.hash ^ now, 0x01000193)
    for (let index = 0; index < line.length; index += 1) {
      hash = Math.imul(hash ^ line.charCodeAt(index), 0x01000193)
    }
    this.hash = hash
    this.lines[this.written % REMEMBERED] = `${(now / 1_000).toFixed(3).padStart(10)} s  ${line}`
    this.written += 1
  }

  /** The same for the same events in the same order (FNV-1a). */
  get digest(): string {
    return (this.hash >>> 0).toString(16).padStart(8, "0")
  }

  /** The newest lines, oldest of them first. */
  last(count: number): string[] {
    const amount = Math.min(count, this.written, REMEMBERED)
    return Array.from({ length: amount }, (_, index) => {
      return this.lines[(this.written - amount + index) % REMEMBERED] ?? ""
    })
  }
}
