import type { OrderContext } from "../../src/engine/ingest/order-context"
import type { OrderPlan } from "../../src/engine/ingest/plan-order"
import type { Computed, LaneOutcome } from "../../src/engine/lane/lane-reducer"
import type { LaneRow } from "../../src/engine/lane/lane-row"
import type { ChannelOrder } from "../world/channel"
import type { PendingWrite, Slot } from "../world/slot"
import type { World } from "../world/world"

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
  settle: { readonly slot: Slot; readonly after: LaneRow; readonly outcome: LaneOutcome; readonly world: World }
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
