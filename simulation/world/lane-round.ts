import { DEFAULT_GUARD_POLICY, toGuardChange, type GuardChange } from "../../src/engine/guard/plan-guard"
import { findHalt, hasAnswered } from "../../src/engine/lane/judge-outcomes"
import type { LaneDecision, LaneOutcome } from "../../src/engine/lane/lane-reducer"
import type { LaneRow } from "../../src/engine/lane/lane-row"
import type { HubFailure } from "../../src/lib/errors"
import { describeDecision, isLastingProblem } from "./lane-outcomes"
import { ceilingOf, isExclusive, markPeers } from "./exclusive"
import type { ConnectionRecord } from "./hub-store"
import { loadAvailability } from "./load-slot"
import { REQUEST_TIMEOUT_MS } from "./network"
import { Pusher, type PushOutcome } from "./push"
import type { PendingWrite, Slot } from "./slot"
import type { Worker } from "./worker"
import type { World } from "./world"

/** What a worker may take from the claim until it sends. */
const CLAIM_TO_CALL_MS = 5_000

type WriteDecision = Extract<LaneDecision, { kind: "write" }>

interface Claimed {
  readonly slot: Slot
  readonly row: LaneRow
}

interface Computation extends Claimed {
  readonly computed: ReturnType<World["reducers"]["computeRow"]>["computed"]
  readonly readVersion: number
}

interface Decided extends Computation {
  readonly decision: LaneDecision
  readonly seen: { readonly quantity: number; readonly at: number } | null
}

type Write = Decided & { readonly decision: WriteDecision }

const isWrite = (item: Decided): item is Write => item.decision.kind === "write"

/** It waits, and its edited stock has lost more than half. */
const isLooming = ({ row }: Slot): boolean =>
  row.staleVersion > row.ackedVersion && row.leaseToken === null && row.cause === "edit" && row.priority >= 5

const byUrgency = (a: Write, b: Write): number => {
  const rank = ({ row, decision }: Write): number =>
    decision.quantity === 0 ? 0 : row.acked === null || decision.quantity < row.acked ? 1 : 2
  return rank(a) - rank(b)
}

/** One batch of a lane, from the claim to the settlement, as `drain-lane.ts` does it, with time for anything to happen
 * between any two of its steps. */
export class LaneRound {
  private readonly token: string
  private readonly claimedAt: number
  /** The settings with which the lane was opened. */
  private readonly openedAt: number
  private readonly outcomes = new Map<Slot, LaneOutcome>()
  private claimed: readonly Claimed[] = []
  private decided: readonly Decided[] = []
  private isWaitingForOrders = false

  constructor(
    private readonly world: World,
    private readonly worker: Worker,
    private readonly connection: ConnectionRecord
  ) {
    this.token = world.hub.newId("t")
    this.claimedAt = world.now
    this.openedAt = connection.changedAt
  }

  private get leaseMs(): number {
    return REQUEST_TIMEOUT_MS + this.connection.shape.lateApplyWindowMs + CLAIM_TO_CALL_MS
  }

  /** Claims a batch. False when there was nothing to claim, or nobody may call now. */
  begin(): boolean {
    const { world, connection } = this
    const { reducers, now } = world
    const { shape, lane } = connection
    if ((lane.breaker.notBefore ?? 0) > now || !world.slotsOf(shape).some(({ row }) => reducers.canClaim(row, now))) {
      return false
    }
    let limit = shape.maxBatch
    if (lane.breaker.state !== "closed") {
      if (!reducers.mayCall(lane.breaker, now)) {
        return false
      }
      const begun = reducers.beginCall(lane.breaker, now, this.leaseMs)
      lane.breaker = begun.breaker
      limit = begun.isProbe ? 1 : limit
    }
    this.claimed = world
      .slotsOf(shape)
      .filter(({ row }) => reducers.canClaim(row, now))
      .sort((a, b) => b.row.priority - a.row.priority || (a.row.staleSince ?? 0) - (b.row.staleSince ?? 0))
      .slice(0, limit)
      .flatMap((slot): Claimed[] => {
        const { lateApplyWindowMs } = shape
        const row = reducers.claimRow(slot.row, { now, token: this.token, leaseMs: this.leaseMs, lateApplyWindowMs })
        if (!row) {
          return []
        }
        slot.hadRecheck ||= row.recheckAt !== null
        world.setRow(slot, row)
        slot.lookedAt = now
        return [{ slot, row }]
      })
    world.note(
      `${this.worker.name} claims ${this.claimed.map(({ slot, row }) => `${slot.id} v${row.claimedVersion}`).join(", ")} as ${this.token}`
    )
    this.worker.after(this.pause(), () => this.compute())
    return true
  }

  private pause(): number {
    const { random } = this.world.kernel
    return !this.world.isCalm && random.chance(0.02) ? random.between(1_000, 9_000) : random.around(15)
  }

  private compute(): void {
    const { world } = this
    const computed = this.claimed.map(({ slot, row }): Computation => {
      const ceiling = ceilingOf(world, slot)
      const result = world.reducers.computeRow(loadAvailability(slot, world), { ceiling }).computed
      world.checks.atCompute(slot, result)
      slot.isMissed = false
      if (ceiling !== null && result.kind === "show" && slot.row.leaseToken === this.token) {
        const before = slot.row.exposed ?? 0
        slot.row = world.reducers.raiseExposure(slot.row, result.quantity)
        world.touch(slot)
        world.checks.atExpose(slot, before)
      }
      return { slot, row, computed: result, readVersion: slot.truthVersion }
    })
    this.readUnknown(computed)
  }

  /** A channel that compares is asked what it shows before a number goes out that would otherwise be written blindly. */
  private readUnknown(computed: readonly Computation[]): void {
    const { world, connection } = this
    const unknown = computed.filter(({ row }) => world.reducers.mayShowOurs(row))
    if (!connection.shape.compareAndSet || !connection.shape.readsStock || unknown.length === 0) {
      this.worker.after(this.pause(), () => this.decide(computed, new Map(), null))
      return
    }
    world.channelOf(connection.shape).read(
      unknown.map(({ slot }) => slot),
      this.worker.callback((shown: ReadonlyMap<Slot, number> | HubFailure) => {
        if (shown instanceof Map) {
          this.decide(computed, shown, null)
        } else if ("kind" in shown) {
          this.decide(computed, new Map(), shown)
        }
      })
    )
  }

  private decide(computed: readonly Computation[], shown: ReadonlyMap<Slot, number>, unread: HubFailure | null): void {
    const { world, connection } = this
    const { reducers } = world
    const { lane, shape } = connection
    const decided = computed.map((item): Decided => {
      const isUnknown = reducers.mayShowOurs(item.row)
      if (unread && isUnknown) {
        return { ...item, decision: { kind: "fail", failure: unread }, seen: null }
      }
      const quantity = shown.get(item.slot)
      const seen = quantity === undefined ? null : { quantity, at: this.claimedAt }
      const row = seen ? reducers.learnShown(item.row, seen.quantity, seen.at) : item.row
      const decision = reducers.decideRow(row, item.computed, {
        now: this.claimedAt,
        compareAndSet: shape.compareAndSet,
        ...(shape.listsOrders ? { ordersThrough: lane.ordersThrough } : {}),
      })
      return { ...item, row, decision, seen }
    })
    this.decided = this.passGuards(decided)
    for (const { slot, decision } of this.decided) {
      world.note(`${this.token} decides for ${slot.id}: ${describeDecision(decision)}`)
    }
    const writes = this.decided.filter(isWrite).sort(byUrgency)
    for (const item of this.decided) {
      if (item.decision.kind !== "write") {
        const { decision, seen } = item
        this.outcomes.set(item.slot, decision.kind === "wait" && seen ? { ...decision, seen } : decision)
        this.isWaitingForOrders ||= decision.kind === "wait"
      }
    }
    this.worker.after(this.pause(), () => (writes.length > 0 ? this.send(writes) : this.report()))
  }

  private passGuards(decided: readonly Decided[]): readonly Decided[] {
    const { world, connection } = this
    const { lane, shape } = connection
    const writes = decided.filter(isWrite)
    const changes = writes.map(({ slot, row, decision }): GuardChange => ({
      ...toGuardChange(row, decision.quantity, slot.listing.packSize),
      id: slot.id,
    }))
    const policy = { ...DEFAULT_GUARD_POLICY, minListings: shape.guardListings }
    const plan = world.reducers.planGuard(lane.guard, changes, {
      now: world.now,
      listingCount: world.slotsOf(shape).length,
      looming: world.slotsOf(shape).filter(isLooming).length,
      policy,
    })
    lane.guard = plan.window
    if (plan.hasTripped) {
      world.hub.issues.add(`mass-change:${shape.id}`)
      world.note(`${shape.id} is stopped by its guard`)
    }
    const verdicts = new Map(writes.map(({ slot }, index) => [slot, plan.verdicts[index]]))
    const passed = decided.map((item): Decided => {
      if (plan.counted.includes(item.slot.id)) {
        item.slot.row = { ...item.slot.row, guardCountedAt: world.now }
      }
      const verdict = verdicts.get(item.slot)
      const decision =
        verdict?.kind === "hold" && item.decision.kind === "write"
          ? world.reducers.holdBack(item.row, item.decision, verdict)
          : item.decision
      world.checks.atGuard(item.slot, {
        row: item.row,
        wanted: item.decision,
        passed: decision,
        readVersion: item.readVersion,
        isHolding: plan.window.state === "holding",
      })
      return { ...item, decision }
    })
    return passed
  }

  private send(writes: readonly Write[]): void {
    const { world } = this
    if (world.now - this.claimedAt > CLAIM_TO_CALL_MS) {
      writes.forEach(({ slot }) => this.outcomes.set(slot, { kind: "released" }))
      world.note(`${this.token} took too long and gives back ${writes.length}`)
      this.worker.after(this.pause(), () => this.report())
      return
    }
    const open = (from: number, to: number): PendingWrite[] => writes.slice(from, to).map((write) => this.open(write))
    const pusher = new Pusher(world, writes.length, {
      worker: this.worker,
      open: (from, to) => {
        const pending = open(from, to)
        world.writesSent += pending.length
        world.callsSent += 1
        world.note(`${this.token} sends ${pending.map(({ slot, quantity }) => `${slot.id} = ${quantity}`).join(", ")}`)
        return pending
      },
      mayGoOn: () => this.renew(),
      done: (outcomes) => this.receive(writes, outcomes),
    })
    pusher.next()
  }

  private open({ slot, row, decision, readVersion }: Write): PendingWrite {
    const { quantity, compareWith } = decision
    const write = { slot, token: this.token, quantity, compareWith, believed: row.acked, readVersion, isOpen: true }
    slot.open.add(write)
    this.world.touch(slot)
    this.world.checks.atSend(write)
    return write
  }

  private renew(): boolean {
    const until = this.world.now + this.leaseMs
    const held = this.claimed.filter(({ slot }) => slot.row.leaseToken === this.token)
    held.forEach(({ slot }) => {
      slot.row = { ...slot.row, leaseUntil: until }
    })
    return held.length === this.claimed.length
  }

  private receive(writes: readonly Write[], outcomes: readonly PushOutcome[]): void {
    writes.forEach(({ slot, decision: { quantity, heldBack } }, index) => {
      const result = outcomes[index] ?? null
      this.outcomes.set(
        slot,
        result === null
          ? { kind: "released" }
          : { kind: "written", quantity, result, ...(heldBack ? { heldBack } : {}) }
      )
    })
    const words = writes.map(({ slot }, index) => `${slot.id} ${outcomes[index]?.status ?? "not sent"}`)
    this.world.note(`${this.token} hears ${words.join(", ")}`)
    this.worker.after(this.pause(), () => this.report())
  }

  /** Told before it is settled. */
  private report(): void {
    const { issues } = this.world.hub
    for (const { slot, row } of this.decided) {
      const outcome = this.outcomes.get(slot)
      if (outcome && isLastingProblem(outcome)) {
        issues.add(`push:${slot.id}`)
      } else if (outcome && row.stateReason !== null && isRight(outcome)) {
        issues.delete(`push:${slot.id}`)
      }
    }
    this.worker.after(this.pause(), () => this.settle())
  }

  private settle(): void {
    const { world } = this
    for (const { slot, readVersion } of this.decided) {
      const outcome = this.outcomes.get(slot)
      const row = outcome
        ? world.reducers.settleRow(slot.row, outcome, {
            now: world.now,
            token: this.token,
            claimedAt: this.claimedAt,
            lateApplyWindowMs: this.connection.shape.lateApplyWindowMs,
            random: world.kernel.random.next(),
          })
        : null
      if (row && outcome) {
        world.checks.atSettle(slot, row, this.token)
        if (isRight(outcome) && !("heldBack" in outcome) && slot.row.leaseToken === this.token) {
          slot.answeredVersion = readVersion
        }
        const isFreed = isExclusive(slot) && (row.exposed ?? 0) < (slot.row.exposed ?? 0)
        world.setRow(slot, row)
        if (isFreed) {
          markPeers(world, slot)
        }
        world.note(`${this.token} settles ${slot.id}: ${row.state}${row.stateReason ? ` (${row.stateReason})` : ""}`)
      }
    }
    this.worker.after(this.pause(), () => this.end())
  }

  private end(): void {
    const { world, connection } = this
    const outcomes = [...this.outcomes.values()]
    const halt = findHalt(outcomes)
    if (halt) {
      this.halt(halt)
    } else if (connection.lane.breaker.failures > 0 && hasAnswered(outcomes)) {
      connection.lane.breaker = world.reducers.afterAnswer(connection.lane.breaker)
    }
    if (this.isWaitingForOrders && !halt) {
      world.surroundings.readOrders(connection)
    }
    this.worker.finishLane(connection)
  }

  private halt(failure: HubFailure): void {
    const { world, connection } = this
    if (failure.kind === "auth") {
      if (connection.changedAt === this.openedAt) {
        connection.isRunning = false
        connection.changedAt = world.now
        world.note(`${connection.shape.id} needs new credentials`)
      }
      return
    }
    const random = world.kernel.random.next()
    connection.lane.breaker = world.reducers.afterFailure(connection.lane.breaker, failure, { now: world.now, random })
    world.note(`${connection.shape.id} pauses: ${failure.message}`)
  }
}

const isRight = (outcome: LaneOutcome): boolean =>
  outcome.kind === "acknowledge" || (outcome.kind === "written" && outcome.result.status === "accepted")
