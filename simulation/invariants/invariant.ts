import type { OrderContext } from "../../src/engine/ingest/order-context"
import type { OrderPlan } from "../../src/engine/ingest/plan-order"
import type { Computed, LaneDecision } from "../../src/engine/lane/lane-reducer"
import type { LaneRow } from "../../src/engine/lane/lane-row"
import type { StockWriteOutcome } from "../../src/types/channel"
import type { ChannelOrder } from "../world/channel"
import type { PendingWrite, Slot } from "../world/slot"
import type { World } from "../world/world"

/** What a guard was asked about one row, and what it let pass. */
export interface Guarded {
  readonly row: LaneRow
  readonly wanted: LaneDecision
  readonly passed: LaneDecision
  readonly readVersion: number
  /** The guard has stopped the connection. */
  readonly isHolding: boolean
}

export interface Pushed {
  readonly size: number
  readonly calls: number
  /** No listing began or ceased to be refused meanwhile. */
  readonly isSteady: boolean
  readonly outcomes: readonly (StockWriteOutcome | null)[]
}

/** What the checks of one kind look at. */
export interface Looks {
  /** After every step, each listing that the step touched; now and then all of them. */
  slot: { readonly slot: Slot; readonly world: World }
  /** After every step, each order of a channel that the step touched; now and then all of them. */
  order: { readonly order: ChannelOrder; readonly world: World }
  change: { readonly slot: Slot; readonly before: LaneRow; readonly after: LaneRow; readonly world: World }
  compute: { readonly slot: Slot; readonly computed: Computed; readonly world: World }
  send: { readonly write: PendingWrite; readonly world: World }
  apply: { readonly write: PendingWrite; readonly world: World }
  settle: { readonly slot: Slot; readonly after: LaneRow; readonly token: string; readonly world: World }
  /** An exclusive listing is about to be given a number. */
  expose: { readonly slot: Slot; readonly before: number; readonly world: World }
  guard: { readonly slot: Slot; readonly guarded: Guarded; readonly world: World }
  push: { readonly push: Pushed; readonly world: World }
  finish: { readonly context: OrderContext; readonly plan: OrderPlan; readonly world: World }
  /** Once everything has calmed down and nothing is left to do. */
  rest: { readonly world: World }
}

/** Something that must hold, in words for people, with the check that refutes it. */
export interface InvariantOf<Kind extends keyof Looks> {
  readonly id: string
  readonly words: string
  readonly at: Kind
  /** What is wrong, or null. */
  readonly check: (look: Looks[Kind]) => string | null
}

export type Invariant = { [Kind in keyof Looks]: InvariantOf<Kind> }[keyof Looks]

/** An invariant does not hold. */
export class Break extends Error {
  constructor(
    readonly invariantId: string,
    readonly words: string,
    readonly problem: string
  ) {
    super(`${invariantId}: ${problem}`)
  }
}
