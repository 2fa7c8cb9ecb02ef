import type { HubFailure } from "../../src/lib/errors"
import type { StockWriteOutcome } from "../../src/types/channel"
import type { Bisection } from "../../src/engine/lane/bisect"
import { Call, type CallResult } from "./network"
import type { PendingWrite } from "./slot"
import type { Worker } from "./worker"
import type { World } from "./world"

/** So many refusals in a row, and nothing taken, are no matter of single items; `push-writes.ts` has the same. */
const MOST_REFUSALS = 12
const STOPPING: readonly HubFailure["kind"][] = ["auth", "rate-limited", "transient"]

export type PushOutcome = StockWriteOutcome | null

interface Push {
  readonly worker: Worker
  /** Makes the calls that are about to leave. */
  readonly open: (from: number, to: number) => readonly PendingWrite[]
  /** Keeps the claim; false when a part of it was lost. */
  readonly mayGoOn: () => boolean
  readonly done: (outcomes: readonly PushOutcome[]) => void
}

/** Sends a batch and searches for what the channel minds, as `push-writes.ts` does, one call after the other. */
export class Pusher {
  private readonly outcomes: PushOutcome[]
  private bisection: Bisection
  private refusal: HubFailure | null = null
  private isAnyTaken = false
  private readonly begunAt: number

  constructor(
    private readonly world: World,
    private readonly size: number,
    private readonly push: Push
  ) {
    this.outcomes = Array.from({ length: size }, () => null)
    this.bisection = world.reducers.beginBisection(size)
    this.begunAt = world.now
  }

  next(): void {
    const { reducers } = this.world
    const span = reducers.nextSpan(this.bisection)
    const isFirst = this.bisection.calls === 0
    const mayCall = isFirst || (this.bisection.calls < reducers.callBudget(this.size) && this.push.mayGoOn())
    if (!span || !mayCall) {
      this.finish()
      return
    }
    const writes = this.push.open(span.from, span.to)
    const [first] = writes
    if (!first) {
      this.finish()
      return
    }
    const { connection } = first.slot
    const frozenMs = this.world.freezeMs(connection)
    const onResult = this.push.worker.callback((result: CallResult) => this.receive(span, result))
    new Call(this.world, this.world.channelOf(connection), writes, onResult).send(frozenMs)
    if (frozenMs > 0 && this.world.kernel.random.chance(0.3)) {
      // Its last breath: what it has handed over leaves the machine all the same.
      this.push.worker.die()
    } else if (frozenMs > 0) {
      this.push.worker.stall(frozenMs)
    }
  }

  private receive({ from, to }: { readonly from: number; readonly to: number }, result: CallResult): void {
    const { reducers } = this.world
    const fill = (of: (index: number) => PushOutcome): void => {
      for (let index = from; index < to; index += 1) {
        this.outcomes[index] = of(index - from)
      }
    }
    if (result.kind === "no-answer") {
      fill(() => ({ status: "unknown", message: "no answer" }))
      this.finish()
      return
    }
    if (result.kind === "outcomes") {
      this.isAnyTaken = true
      fill((index) => result.outcomes[index] ?? { status: "unknown", message: "no outcome for this write" })
      this.bisection = reducers.answerSpan(this.bisection, "taken")
      this.next()
      return
    }
    const { failure } = result
    if (STOPPING.includes(failure.kind)) {
      fill(() => ({ status: "failed", failure }))
      this.finish()
      return
    }
    this.refusal = failure
    if (to - from === 1) {
      fill(() => ({ status: "failed", failure }))
    }
    this.bisection = reducers.answerSpan(this.bisection, "refused")
    this.next()
  }

  private finish(): void {
    const isAllRefused = this.refusal !== null && !this.isAnyTaken && this.bisection.calls > MOST_REFUSALS
    const failure: HubFailure = { ...(this.refusal ?? { message: "" }), kind: "transient" }
    const isSteady = this.world.poisonedAt < this.begunAt
    this.world.checks.atPush({ size: this.size, calls: this.bisection.calls, outcomes: this.outcomes, isSteady })
    this.push.done(isAllRefused ? this.outcomes.map(() => ({ status: "failed", failure })) : this.outcomes)
  }
}
