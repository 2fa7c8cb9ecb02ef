import { assertNever, type HubFailure } from "../../src/lib/errors"
import type { LoadedAvailability } from "../../src/engine/queries/load-availability"
import type { LaneDecision, LaneOutcome } from "../../src/engine/lane/lane-reducer"
import type { LaneRow } from "../../src/engine/lane/lane-row"
import type { StockWriteOutcome } from "../../src/types/channel"
import type { ConnectionRecord } from "./hub-store"
import { Call, REQUEST_TIMEOUT_MS, type CallResult } from "./network"
import type { PendingWrite, Slot } from "./slot"
import type { Worker } from "./worker"
import type { World } from "./world"

/** What a worker may take from the claim until it sends; `drain-lane.ts` has the same. */
const CLAIM_TO_CALL_MS = 5_000

type WriteDecision = Extract<LaneDecision, { kind: "write" }>

interface Claimed {
  readonly slot: Slot
  readonly row: LaneRow
}

interface Write extends Claimed {
  readonly decision: WriteDecision
  readonly readVersion: number
}

const byUrgency = (a: Write, b: Write): number => {
  const rank = ({ row, decision }: Write): number =>
    decision.quantity === 0 ? 0 : row.acked === null || decision.quantity < row.acked ? 1 : 2
  return rank(a) - rank(b)
}

/** What `drain-lane.ts` reads for one row. */
export const loadAvailability = (slot: Slot, world: World): LoadedAvailability => ({
  stateId: slot.id,
  isLinked: true,
  isVariantGone: false,
  isManaged: true,
  allowBackorder: false,
  packSize: slot.listing.packSize,
  locationIds: slot.feeding,
  components: slot.listing.variant.components.map(({ itemId, required }) => ({
    inventoryItemId: itemId,
    required: String(required),
    levels: slot.feeding.map((locationId) => {
      const { stocked, reserved } = world.shop.level(itemId, locationId)
      return { locationId, stocked: String(stocked), reserved: String(reserved) }
    }),
  })),
  rule: slot.listing.rule,
})

/** One batch of a lane, from the claim to the settlement, with time for anything to happen between any two of its steps. */
export class LaneRound {
  private readonly token: string
  private readonly claimedAt: number
  /** The settings with which the lane was opened. */
  private readonly openedAt: number
  private readonly outcomes = new Map<Slot, LaneOutcome>()
  private claimed: readonly Claimed[] = []

  constructor(
    private readonly world: World,
    private readonly worker: Worker,
    private readonly connection: ConnectionRecord
  ) {
    this.token = world.hub.newId("t")
    this.claimedAt = world.now
    this.openedAt = connection.changedAt
  }

  /** Claims a batch. False when there was nothing to claim. */
  begin(): boolean {
    const { world, connection } = this
    const { reducers, now } = world
    const { shape } = connection
    this.claimed = world
      .slotsOf(shape)
      .filter(({ row }) => reducers.canClaim(row, now))
      .sort((a, b) => b.row.priority - a.row.priority || (a.row.staleSince ?? 0) - (b.row.staleSince ?? 0))
      .slice(0, shape.maxBatch)
      .flatMap((slot): Claimed[] => {
        const row = reducers.claimRow(slot.row, {
          now,
          token: this.token,
          leaseMs: REQUEST_TIMEOUT_MS + shape.lateApplyWindowMs + CLAIM_TO_CALL_MS,
          lateApplyWindowMs: shape.lateApplyWindowMs,
        })
        if (!row) {
          return []
        }
        slot.hadRecheck ||= row.recheckAt !== null
        world.setRow(slot, row)
        return [{ slot, row }]
      })
    if (this.claimed.length === 0) {
      return false
    }
    world.note(
      `${this.worker.name} claims ${this.claimed.map(({ slot, row }) => `${slot.id} v${row.claimedVersion}`).join(", ")} as ${this.token}`
    )
    this.worker.after(this.pause(), () => this.decide())
    return true
  }

  private pause(): number {
    const { random } = this.world.kernel
    return !this.world.isCalm && random.chance(0.02) ? random.between(1_000, 9_000) : random.around(15)
  }

  private decide(): void {
    const { world } = this
    const writes: Write[] = []
    for (const { slot, row } of this.claimed) {
      const { computed } = world.reducers.computeRow(loadAvailability(slot, world))
      world.checks.atCompute(slot, computed)
      slot.isMissed = false
      const decision = world.reducers.decideRow(row, computed, {
        now: this.claimedAt,
        compareAndSet: this.connection.shape.compareAndSet,
      })
      world.note(`${this.token} decides for ${slot.id}: ${inWords(decision)}`)
      if (decision.kind === "write") {
        writes.push({ slot, row, decision, readVersion: slot.truthVersion })
      } else {
        this.outcomes.set(slot, decision)
      }
    }
    if (writes.length === 0) {
      this.worker.after(this.pause(), () => this.settle())
      return
    }
    this.worker.after(this.pause(), () => this.send(writes.sort(byUrgency)))
  }

  private send(writes: readonly Write[]): void {
    const { world } = this
    if (world.now - this.claimedAt > CLAIM_TO_CALL_MS) {
      writes.forEach(({ slot }) => this.outcomes.set(slot, { kind: "released" }))
      world.note(`${this.token} took too long and gives back ${writes.length}`)
      this.worker.after(this.pause(), () => this.settle())
      return
    }
    const pending = writes.map(({ slot, decision, readVersion }): PendingWrite => {
      const { quantity, compareWith } = decision
      const write = { slot, token: this.token, quantity, compareWith, readVersion, isOpen: true }
      slot.open.add(write)
      world.checks.atSend(write)
      return write
    })
    world.writesSent += pending.length
    world.callsSent += 1
    world.note(`${this.token} sends ${pending.map(({ slot, quantity }) => `${slot.id} = ${quantity}`).join(", ")}`)
    const onResult = this.worker.callback((result: CallResult) => this.receive(writes, result))
    new Call(world, world.channelOf(this.connection.shape), pending, onResult).send()
  }

  private receive(writes: readonly Write[], result: CallResult): void {
    this.world.note(`${this.token} hears ${result.kind === "failed" ? result.failure.message : result.kind}`)
    writes.forEach(({ slot, decision }, index) => {
      this.outcomes.set(slot, {
        kind: "written",
        quantity: decision.quantity,
        result: outcomeOf(result, index, writes.length),
      })
    })
    this.worker.after(this.pause(), () => this.settle())
  }

  private settle(): void {
    const { world } = this
    for (const [slot, outcome] of this.outcomes) {
      const row = world.reducers.settleRow(slot.row, outcome, {
        now: world.now,
        token: this.token,
        claimedAt: this.claimedAt,
        lateApplyWindowMs: this.connection.shape.lateApplyWindowMs,
        random: world.kernel.random.next(),
      })
      if (row) {
        world.checks.atSettle(slot, row, outcome)
        world.setRow(slot, row)
        world.note(`${this.token} settles ${slot.id}: ${row.state}${row.stateReason ? ` (${row.stateReason})` : ""}`)
      }
    }
    for (const slot of this.outcomes.keys()) {
      this.worker.reporting.add(slot)
    }
    this.worker.after(this.pause(), () => this.report())
  }

  /** Raises issues and lets the lane rest, as `reportFailures` and the dispatcher do after the settlement. */
  private report(): void {
    const { world, connection } = this
    for (const [slot, outcome] of this.outcomes) {
      this.worker.reporting.delete(slot)
      const failure = failureOf(outcome)
      if (failure && !["transient", "rate-limited", "auth"].includes(failure.kind)) {
        world.hub.issues.add(`push:${slot.id}:${failure.kind}`)
      }
    }
    const halt = findHalt([...this.outcomes.values()])
    if (halt?.kind === "auth" && connection.changedAt === this.openedAt) {
      connection.isRunning = false
      connection.changedAt = world.now
      world.hub.issues.add(`needs-reauthorisation:${connection.shape.id}`)
      world.note(`${connection.shape.id} needs new credentials`)
    }
    this.worker.finishLane(connection, halt)
  }
}

const failureOf = (outcome: LaneOutcome): HubFailure | null =>
  outcome.kind === "fail"
    ? outcome.failure
    : outcome.kind === "written" && outcome.result.status === "failed"
      ? outcome.result.failure
      : null

function findHalt(outcomes: readonly LaneOutcome[]): HubFailure | null {
  const failures = outcomes.flatMap((outcome) => failureOf(outcome) ?? [])
  const written = outcomes.filter((outcome) => outcome.kind === "written")
  const isDown =
    written.length > 0 &&
    written.every((outcome) => outcome.result.status === "unknown" || failureOf(outcome)?.kind === "transient")
  const halting = failures.find(({ kind }) => kind === "auth" || kind === "rate-limited")
  return halting ?? (isDown ? (failures[0] ?? { kind: "transient", message: "no answer" }) : null)
}

function outcomeOf(result: CallResult, index: number, size: number): StockWriteOutcome {
  switch (result.kind) {
    case "outcomes":
      return result.outcomes[index] ?? { status: "unknown", message: "no outcome for this write" }
    case "no-answer":
      return { status: "unknown", message: "no answer" }
    case "failed": {
      const { failure } = result
      const isOwn = size === 1 || failure.kind === "auth" || failure.kind === "rate-limited"
      return { status: "failed", failure: isOwn ? failure : { ...failure, kind: "transient" } }
    }
    default:
      return assertNever(result)
  }
}

function inWords(decision: LaneDecision): string {
  switch (decision.kind) {
    case "write":
      return `write ${decision.quantity}${decision.compareWith === null ? "" : ` if it shows ${decision.compareWith}`}`
    case "acknowledge":
      return `shows ${decision.quantity} already`
    case "wait":
      return `wait before raising to ${decision.quantity}`
    case "hold":
      return `hold back ${decision.quantity} (${decision.reason})`
    case "skip":
      return `skip (${decision.reason})`
    case "fail":
      return `fail (${decision.failure.message})`
    default:
      return assertNever(decision)
  }
}
