import type { StockWriteOutcome } from "../../../types/channel"
import { Violation, type Truth, type WriteDecision } from "./lane-phases"

interface LateWrite {
  readonly landsAt: number
  readonly truth: Truth
  readonly write: WriteDecision
}

/** The other side: shows a number, sells, takes writes at once or long after nobody waits for them any more. */
export class ModelChannel {
  shown = 0
  /** Units that it sold (or took back) and that no order told us of. */
  readonly unseen: number[] = []
  private readonly late: LateWrite[] = []
  private newestApplied = 0

  constructor(
    private readonly isStaleForbidden: boolean,
    private readonly note: (line: string) => void
  ) {}

  get hasLateWrites(): boolean {
    return this.late.length > 0
  }

  sell(units: number): void {
    if (this.shown + units >= 0) {
      this.shown += units
      this.unseen.push(units)
      this.note(`channel moves by ${units}, shows ${this.shown}`)
    }
  }

  apply(read: Truth, write: WriteDecision): StockWriteOutcome {
    if (write.compareWith !== null && write.compareWith !== this.shown) {
      return { status: "conflict", observed: this.shown }
    }
    this.note(`channel shows ${write.quantity} (version ${read.version}) after ${this.shown}`)
    if (this.isStaleForbidden && read.version < this.newestApplied) {
      throw new Violation(`version ${read.version} overwrites version ${this.newestApplied}`)
    }
    this.newestApplied = Math.max(this.newestApplied, read.version)
    this.shown = write.quantity
    return { status: "accepted" }
  }

  applyLate(landsAt: number, truth: Truth, write: WriteDecision): void {
    this.late.push({ landsAt, truth, write })
    this.late.sort((a, b) => a.landsAt - b.landsAt)
  }

  landLateWrites(now: number): void {
    while (this.late[0] && this.late[0].landsAt <= now) {
      const message = this.late.shift()
      if (message) {
        this.note("a late write lands")
        this.apply(message.truth, message.write)
      }
    }
  }
}
