import type { ShownQuantity } from "./shelf"

export interface LoggedWrite extends ShownQuantity {
  /** Counts up from 0 over the life of the simulator. */
  readonly index: number
  /** When it was applied, in milliseconds since 1970. */
  readonly at: number
  /** It was applied after its sender had been cut off. */
  readonly late: boolean
}

const KEPT = 100_000

/** The quantities that the hub wrote, in the order they were applied. Keeps the last 100,000. */
export class WriteLog {
  #entries: LoggedWrite[] = []
  #count = 0

  add(shown: ShownQuantity, late: boolean): void {
    this.#entries.push({ ...shown, index: this.#count, at: Date.now(), late })
    this.#count += 1
    if (this.#entries.length > KEPT * 1.1) {
      this.#entries = this.#entries.slice(-KEPT)
    }
  }

  /** Writes from `index` on, as far as they are still known. */
  since(index: number): LoggedWrite[] {
    const kept = this.#entries.slice(-KEPT)
    const first = kept[0]?.index ?? 0
    return kept.slice(Math.max(0, index - first))
  }
}
