import type { HubFailure } from "../../src/lib/errors"
import type { StockWriteOutcome } from "../../src/types/channel"
import type { Channel } from "./channel"
import type { PendingWrite } from "./slot"
import type { World } from "./world"

/** Longest time from sending until the last byte of the answer. */
export const REQUEST_TIMEOUT_MS = 10_000

/** What a call came back with: one outcome for each write, a failure of the whole call, or nothing at all. */
export type CallResult =
  | { readonly kind: "outcomes"; readonly outcomes: readonly StockWriteOutcome[] }
  | { readonly kind: "failed"; readonly failure: HubFailure }
  | { readonly kind: "no-answer" }

const FATES = [
  "rate-limited",
  "overloaded",
  "not-reached",
  "lost",
  "cut-and-applied",
  "cut-and-late",
  "breaks-half-way",
  "slow",
  "item-refused",
] as const

type Fate = (typeof FATES)[number] | "answered"

/** Carries one call to a channel and its answer back, with whatever a network does to either. */
export class Call {
  private isAnswered = false

  constructor(
    private readonly world: World,
    private readonly channel: Channel,
    private readonly writes: readonly PendingWrite[],
    private readonly onResult: (result: CallResult) => void
  ) {}

  /** @param frozenMs how long it takes to leave the process */
  send(frozenMs: number): void {
    this.world.kernel.after(frozenMs, () => this.depart())
  }

  private depart(): void {
    const { kernel, shape } = this.world
    const fate: Fate = kernel.random.chance(this.world.isCalm ? 0 : shape.roughness.callFails)
      ? (kernel.random.pick(FATES) ?? "answered")
      : "answered"
    const travelMs =
      fate === "slow" ? kernel.random.between(2_000, REQUEST_TIMEOUT_MS + 4_000) : kernel.random.around(60)
    // Whoever waits gives up; what happens on the other side after that is nobody's business any more.
    kernel.after(REQUEST_TIMEOUT_MS, () => this.answer({ kind: "no-answer" }))
    switch (fate) {
      case "lost":
        this.abandon(kernel.random.chance(0.5))
        return
      case "cut-and-late":
        this.applyLate(kernel.random.chance(0.7) ? kernel.random.around(300) : REQUEST_TIMEOUT_MS)
        return
      case "not-reached":
        this.close()
        kernel.after(travelMs, () => this.answer(failed("transient", "nobody listens")))
        return
      default:
        kernel.after(Math.min(travelMs, REQUEST_TIMEOUT_MS + this.channel.shape.lateApplyWindowMs), () =>
          this.arrive(fate)
        )
    }
  }

  private arrive(fate: Fate): void {
    const { random } = this.world.kernel
    if (!this.channel.isOpen) {
      this.close()
      return this.answerLater(failed("auth", "credentials refused"))
    }
    switch (fate) {
      case "rate-limited":
        this.close()
        return this.answerLater({
          kind: "failed",
          failure: { kind: "rate-limited", message: "too many calls", retryAfterMs: random.between(0, 20_000) },
        })
      case "overloaded":
        this.close()
        return this.answerLater(failed("transient", "overloaded, nothing done"))
      case "breaks-half-way": {
        const half = Math.floor(this.writes.length / 2)
        this.writes.slice(0, half).forEach((write) => this.apply(write))
        this.close()
        return this.answerLater({ kind: "no-answer" })
      }
      case "cut-and-applied":
        this.writes.forEach((write) => this.apply(write))
        return this.answerLater({ kind: "no-answer" })
      default:
        return this.answerLater(this.applyAll(this.chooseRefused(fate)))
    }
  }

  /** A channel that refuses single items does so at times for no reason. */
  private chooseRefused(fate: Fate): number {
    const isChance = fate === "item-refused" && !this.channel.shape.refusesWholeCalls
    return isChance ? this.world.kernel.random.below(this.writes.length) : -1
  }

  private applyAll(refused: number): CallResult {
    const isBad = (write: PendingWrite, index: number): boolean => index === refused || write.slot.isPoisoned
    if (this.channel.shape.refusesWholeCalls && this.writes.some(isBad)) {
      this.close()
      return failed("invalid-data", "one of the items is not allowed")
    }
    const outcomes = this.writes.map((write, index): StockWriteOutcome => {
      if (isBad(write, index)) {
        write.isOpen = false
        write.slot.open.delete(write)
        return { status: "failed", failure: { kind: "invalid-data", message: "this item is not allowed" } }
      }
      return this.apply(write)
    })
    return { kind: "outcomes", outcomes }
  }

  private apply(write: PendingWrite): StockWriteOutcome {
    write.isOpen = false
    write.slot.open.delete(write)
    return this.world.applyWrite(write)
  }

  /** The connection is cut at some moment, and the channel carries the write out when nobody waits any more. */
  private applyLate(cutAfterMs: number): void {
    const { kernel } = this.world
    kernel.after(cutAfterMs, () => this.answer({ kind: "no-answer" }))
    const lateMs = kernel.random.chance(0.3)
      ? this.channel.shape.lateApplyWindowMs
      : kernel.random.between(0, this.channel.shape.lateApplyWindowMs)
    kernel.after(Math.min(cutAfterMs, REQUEST_TIMEOUT_MS) + lateMs, () => {
      this.world.note(`a late call of ${this.writes.length} lands`)
      this.writes.forEach((write) => this.apply(write))
    })
  }

  private abandon(isCutAtOnce: boolean): void {
    this.close()
    if (isCutAtOnce) {
      this.answerLater({ kind: "no-answer" })
    }
  }

  /** None of the writes that are still open will ever take effect. */
  private close(): void {
    for (const write of this.writes) {
      if (write.isOpen) {
        write.isOpen = false
        write.slot.open.delete(write)
      }
    }
  }

  private answerLater(result: CallResult): void {
    this.world.kernel.after(this.world.kernel.random.around(40), () => this.answer(result))
  }

  private answer(result: CallResult): void {
    if (!this.isAnswered) {
      this.isAnswered = true
      this.onResult(result)
    }
  }
}

const failed = (kind: HubFailure["kind"], message: string): CallResult => ({
  kind: "failed",
  failure: { kind, message },
})
