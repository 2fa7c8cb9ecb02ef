import { EventQueue } from "./event-queue"
import { Journal } from "./journal"
import { Random } from "./random"

/** The virtual clock, the plan of what happens next, and chance. One seed is one schedule. */
export class Kernel {
  /** Milliseconds. */
  now = 1_000_000
  /** Events that have happened. */
  steps = 0
  readonly random: Random
  readonly journal = new Journal(() => this.now)
  private readonly queue = new EventQueue()
  private planned = 0

  constructor(readonly seed: number) {
    this.random = new Random(seed)
  }

  after(delayMs: number, run: () => void): void {
    this.planned += 1
    this.queue.push({ at: this.now + Math.max(0, Math.ceil(delayMs)), order: this.planned, run })
  }

  /** Lets the next event happen. False when nothing is planned. */
  step(): boolean {
    const event = this.queue.pop()
    if (!event) {
      return false
    }
    this.now = event.at
    this.steps += 1
    event.run()
    return true
  }
}
