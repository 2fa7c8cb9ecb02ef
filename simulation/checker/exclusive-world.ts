import { newLaneRow, isPending, type LaneRow } from "../../src/engine/lane/lane-row"
import type { LaneOutcome } from "../../src/engine/lane/lane-reducer"
import { amountOf } from "../../src/lib/quantity"
import type { StockWriteOutcome } from "../../src/types/channel"
import { PRODUCTION, type Reducers } from "../reducers"
import type { SmallWorld } from "./explore"

/*
 * Two channels that compare share one item out exclusively, driven by the reducers that ship. There is no clock: what has a
 * moment in the code (a lease that ends, a recheck that is due) is an event here that may come at any time it could come.
 */

/** A number on its way. */
interface Sent {
  readonly quantity: number
  readonly compareWith: number | null
}

type Work =
  | { readonly at: "idle" }
  | { readonly at: "claimed" }
  | { readonly at: "sent"; readonly write: Sent }
  | { readonly at: "answered"; readonly outcome: LaneOutcome }

interface Side {
  readonly row: LaneRow
  readonly work: Work
  readonly shown: number
  /** Sales that the hub has not reserved, those of them that came before the last look at the channel, and those not finished. */
  readonly unseen: number
  readonly unseenAtLook: number
  readonly unfinished: number
  /** A captured change is not marked yet. */
  readonly isCaptured: boolean
  /** A write that nobody waits for any more and that may still be applied. */
  readonly late: Sent | null
}

interface Exclusive {
  readonly available: number
  readonly sides: readonly [Side, Side]
  readonly sold: number
  readonly faults: number
}

export interface ExclusiveRule {
  readonly stock: number
  /** Of the stock, for each of the two. */
  readonly sharePercent: number
  /** How many answers may get lost, or workers die. */
  readonly faults: number
  /** Whether a write may also be applied after its sender has given up and written again. */
  readonly hasLateWrites?: boolean
  readonly reducers?: Reducers
}

type Next = { readonly words: string; readonly state: Exclusive }

const NOW = 1_000
const IN_FUTURE = 5_000
const IDLE: Work = { at: "idle" }

/** Only what decides something later; counters and moments are folded together. */
function fold(row: LaneRow): LaneRow {
  const base = Math.min(row.ackedVersion, row.claimedVersion, row.unknownVersion)
  return {
    ...row,
    staleVersion: row.staleVersion - base > 3 ? 3 : row.staleVersion - base,
    claimedVersion: row.claimedVersion - base,
    ackedVersion: row.ackedVersion - base,
    unknownVersion: row.unknownVersion - base,
    desired: null,
    recheckAt: row.recheckAt === null || row.recheckAt <= NOW ? row.recheckAt : IN_FUTURE,
    staleSince: null,
    claimedSince: null,
    cause: null,
    claimedCause: null,
    soldUnits: 0,
    claimedSoldUnits: 0,
    ackedSoldUnits: 0,
    observed: null,
    observedAt: row.stateReason === "compare-failed" ? NOW : null,
    touchedAt: row.touchedAt === null ? null : 0,
    nextAttemptAt: null,
    attempts: 0,
    priority: 0,
    leaseUntil: row.leaseToken === null ? null : IN_FUTURE,
    state: isPending(row) ? "pending" : "in-sync",
    stateReason: row.stateReason === "compare-failed" ? row.stateReason : null,
    error: null,
    changeCount: 0,
    writeCount: Math.min(1, row.writeCount),
  }
}

const other = (index: 0 | 1): 0 | 1 => (index === 0 ? 1 : 0)

function withSide(state: Exclusive, index: 0 | 1, change: Partial<Side>): Exclusive {
  const side = { ...state.sides[index], ...change }
  const row = fold(side.row)
  const folded = {
    ...side,
    row,
    unseenAtLook:
      row.stateReason === null && side.work.at !== "sent" && side.work.at !== "answered" ? 0 : side.unseenAtLook,
  }
  return { ...state, sides: index === 0 ? [folded, state.sides[1]] : [state.sides[0], folded] }
}

const newSide = (): Side => ({
  row: fold(newLaneRow("row", 0)),
  work: IDLE,
  shown: 0,
  unseen: 0,
  unseenAtLook: 0,
  unfinished: 0,
  isCaptured: false,
  late: null,
})

/** Drives the production reducers through one channel's part of the world. */
class Steps {
  private readonly reducers: Reducers

  constructor(
    private readonly rule: ExclusiveRule,
    private readonly state: Exclusive,
    private readonly index: 0 | 1
  ) {
    this.reducers = rule.reducers ?? PRODUCTION
  }

  private get side(): Side {
    return this.state.sides[this.index]
  }

  all(): Next[] {
    return [...this.shopSteps(), ...this.hubSteps(), ...this.faultSteps()]
  }

  private to(words: string, change: Partial<Side>, rest: Partial<Exclusive> = {}): Next {
    return { words: `${words} (${this.index})`, state: withSide({ ...this.state, ...rest }, this.index, change) }
  }

  private shopSteps(): Next[] {
    const { side, state } = this
    const steps: Next[] = []
    if (side.shown > 0) {
      steps.push(this.to("sells", { shown: side.shown - 1, unseen: side.unseen + 1 }, { sold: state.sold + 1 }))
    }
    if (side.unseen > 0) {
      const captured = withSide(state, other(this.index), { isCaptured: true })
      const change = {
        unseen: side.unseen - 1,
        unseenAtLook: Math.max(0, side.unseenAtLook - 1),
        unfinished: side.unfinished + 1,
        isCaptured: true,
      }
      steps.push({
        words: `the sale is reserved (${this.index})`,
        state: withSide({ ...captured, available: state.available - 1 }, this.index, change),
      })
    }
    if (side.unfinished > 0) {
      const row = this.reducers.markSoldByChannel(side.row, NOW)
      steps.push(this.to("the order is finished", { row, unfinished: side.unfinished - 1 }))
    }
    return steps
  }

  private hubSteps(): Next[] {
    const { side } = this
    const steps: Next[] = []
    if (side.isCaptured) {
      const row = this.reducers.markStale(side.row, { causedAt: NOW, urgency: 0 })
      steps.push(this.to("is marked", { row, isCaptured: false }))
    }
    switch (side.work.at) {
      case "idle":
        steps.push(...this.claim(side.row))
        break
      case "claimed":
        steps.push(this.decide())
        break
      case "sent":
        steps.push(this.answer(side.work.write, "accepted"))
        break
      case "answered":
        steps.push(this.settle(side.work.outcome))
    }
    return steps
  }

  private claim(row: LaneRow): Next[] {
    const claimed = this.reducers.claimRow(row, { now: NOW, token: "t", leaseMs: 1, lateApplyWindowMs: IN_FUTURE })
    return claimed ? [this.to("is claimed", { row: claimed, work: { at: "claimed" } })] : []
  }

  /** Computed under the lock on the item, then read if it is unknown, then decided. */
  private decide(): Next {
    const { side, state, rule, reducers } = this
    const elsewhere = state.sides[other(this.index)].row.exposed ?? 0
    const ceiling = reducers.exclusiveCeiling([
      { required: amountOf(1), available: amountOf(state.available), exposedElsewhere: amountOf(elsewhere) },
    ])
    const { computed } = reducers.computeRow(
      {
        stateId: "row",
        isLinked: true,
        isVariantGone: false,
        isManaged: true,
        allowBackorder: false,
        packSize: 1,
        locationIds: ["loc"],
        components: [
          {
            inventoryItemId: "item",
            required: "1",
            levels: [{ locationId: "loc", stocked: String(state.available), reserved: "0" }],
          },
        ],
        rule: { sharePercent: rule.sharePercent },
      },
      { ceiling }
    )
    const exposed = computed.kind === "show" ? reducers.raiseExposure(side.row, computed.quantity) : side.row
    const isBlind = reducers.mayShowOurs(side.row)
    const looked = isBlind ? reducers.learnShown(exposed, side.shown, NOW) : exposed
    const unseenAtLook = isBlind ? side.unseen : side.unseenAtLook
    const decision = reducers.decideRow(looked, computed, {
      now: NOW,
      compareAndSet: true,
      ordersThrough: unseenAtLook === 0 && side.unfinished === 0 ? NOW : 0,
    })
    if (decision.kind === "write") {
      const write = { quantity: decision.quantity, compareWith: decision.compareWith }
      return this.to(`${write.quantity} is sent`, { row: exposed, work: { at: "sent", write }, unseenAtLook })
    }
    const outcome: LaneOutcome =
      decision.kind === "wait" && isBlind ? { ...decision, seen: { quantity: side.shown, at: NOW } } : decision
    return this.to(`decides to ${decision.kind}`, { row: exposed, work: { at: "answered", outcome }, unseenAtLook })
  }

  private land(write: Sent): { readonly shown: number; readonly result: StockWriteOutcome } {
    const { shown } = this.side
    return write.compareWith !== null && write.compareWith !== shown
      ? { shown, result: { status: "conflict", observed: shown } }
      : { shown: write.quantity, result: { status: "accepted" } }
  }

  private answer(write: Sent, kind: "accepted" | "lost" | "late" | "not applied"): Next {
    const { side } = this
    const landed = kind === "late" || kind === "not applied" ? { shown: side.shown, result: null } : this.land(write)
    const result: StockWriteOutcome =
      kind === "accepted" && landed.result ? landed.result : { status: "unknown", message: "no answer" }
    const outcome: LaneOutcome = { kind: "written", quantity: write.quantity, result }
    const isConflict = result.status === "conflict"
    return this.to(
      `${write.quantity} is ${kind === "accepted" ? result.status : kind}`,
      {
        shown: landed.shown,
        work: { at: "answered", outcome },
        late: kind === "late" ? write : side.late,
        unseenAtLook: isConflict ? side.unseen : side.unseenAtLook,
      },
      kind === "accepted" ? {} : { faults: this.state.faults + 1 }
    )
  }

  private settle(outcome: LaneOutcome): Next {
    const { side, reducers } = this
    const row = reducers.settleRow(side.row, outcome, {
      now: NOW,
      token: "t",
      claimedAt: NOW,
      lateApplyWindowMs: IN_FUTURE,
      random: 0,
    })
    const settled = this.to("is settled", { row: row ?? side.row, work: IDLE })
    const isFreed = (row?.exposed ?? 0) < (side.row.exposed ?? 0)
    const peer = settled.state.sides[other(this.index)]
    // Units that are confirmed to be offered here no longer may be given to the other.
    return isFreed
      ? { ...settled, state: withSide(settled.state, other(this.index), { ...peer, isCaptured: true }) }
      : settled
  }

  private faultSteps(): Next[] {
    const { side, state, rule } = this
    const steps: Next[] = []
    if (side.work.at === "sent" && state.faults < rule.faults) {
      steps.push(this.answer(side.work.write, "lost"), this.answer(side.work.write, "not applied"))
      if (side.late === null) {
        const { write } = side.work
        if (rule.hasLateWrites) {
          steps.push(this.answer(write, "late"))
        }
        steps.push(this.to("the worker dies", { work: IDLE, late: write }, { faults: state.faults + 1 }))
      }
    }
    if (side.late) {
      steps.push(this.to(`${side.late.quantity} lands late`, { shown: this.land(side.late).shown, late: null }))
    } else if (side.row.recheckAt !== null && side.row.recheckAt > NOW) {
      steps.push(this.to("the recheck is due", { row: { ...side.row, recheckAt: 0 } }))
    }
    const isOrphan = side.work.at === "idle" && side.row.leaseToken !== null
    if (isOrphan && side.late === null) {
      steps.push(...this.claim({ ...side.row, leaseUntil: 0 }))
    }
    return steps
  }
}

const keyOfSent = (sent: Sent | null): string => (sent ? `${sent.quantity}<${sent.compareWith ?? "-"}` : "-")

function keyOfWork(work: Work): string {
  switch (work.at) {
    case "sent":
      return keyOfSent(work.write)
    case "answered":
      return JSON.stringify(work.outcome)
    default:
      return work.at
  }
}

/** Everything that {@link fold} leaves. */
const keyOfSide = ({ row, work, shown, unseen, unseenAtLook, unfinished, isCaptured, late }: Side): string =>
  `${shown} ${unseen} ${unseenAtLook} ${unfinished} ${isCaptured ? 1 : 0} ${keyOfSent(late)} ${keyOfWork(work)} ` +
  `${row.acked ?? "-"} ${row.exposed ?? "-"} ${row.staleVersion} ${row.claimedVersion} ${row.ackedVersion} ${row.unknownVersion} ` +
  `${row.leaseToken ?? "-"} ${row.recheckAt ?? "-"} ${row.stateReason ?? "-"} ${row.writeCount} ${row.touchedAt === null ? 0 : 1}`

/** Take, wait for the confirmation, then give. */
export const exclusiveWorld = (rule: ExclusiveRule): SmallWorld<Exclusive> => ({
  initial: { available: rule.stock, sides: [newSide(), newSide()], sold: 0, faults: 0 },
  keyOf: ({ available, sides: [first, second], sold, faults }) =>
    `${available} ${sold} ${faults}|${keyOfSide(first)}|${keyOfSide(second)}`,
  badness: ({ sold }) => Math.max(0, sold - rule.stock),
  next: (state) => [...new Steps(rule, state, 0).all(), ...new Steps(rule, state, 1).all()],
})
