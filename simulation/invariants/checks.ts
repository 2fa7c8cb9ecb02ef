import type { OrderContext } from "../../src/engine/ingest/order-context"
import type { OrderPlan } from "../../src/engine/ingest/plan-order"
import type { Computed } from "../../src/engine/lane/lane-reducer"
import type { LaneRow } from "../../src/engine/lane/lane-row"
import type { ChannelOrder } from "../world/channel"
import type { PendingWrite, Slot } from "../world/slot"
import type { World } from "../world/world"
import { INVARIANTS } from "./index"
import { Break, type Guarded, type Invariant, type InvariantOf, type Looks, type Pushed } from "./invariant"

/** Everything is looked at again after so many steps, touched or not. */
const LOOK_AT_ALL_EVERY = 500

type ByKind = { readonly [Kind in keyof Looks]: readonly InvariantOf<Kind>[] }

const ofKind = <Kind extends keyof Looks>(kind: Kind): InvariantOf<Kind>[] =>
  INVARIANTS.filter((invariant: Invariant): invariant is Extract<Invariant, InvariantOf<Kind>> => invariant.at === kind)

const BY_KIND: ByKind = {
  slot: ofKind("slot"),
  order: ofKind("order"),
  change: ofKind("change"),
  compute: ofKind("compute"),
  send: ofKind("send"),
  apply: ofKind("apply"),
  settle: ofKind("settle"),
  expose: ofKind("expose"),
  guard: ofKind("guard"),
  push: ofKind("push"),
  finish: ofKind("finish"),
  rest: ofKind("rest"),
}

/** Asks every invariant at its moment, and counts how often. */
export class Checks {
  readonly counts = new Map<string, number>()
  private readonly slots = new Set<Slot>()
  private readonly orders = new Set<ChannelOrder>()

  constructor(private readonly world: World) {}

  touch(slot: Slot): void {
    this.slots.add(slot)
  }

  touchOrder(order: ChannelOrder): void {
    this.orders.add(order)
  }

  afterStep(): void {
    const { world } = this
    if (world.kernel.steps % LOOK_AT_ALL_EVERY === 0) {
      this.touchAll()
    }
    for (const slot of this.slots) {
      this.ask(BY_KIND.slot, { slot, world })
    }
    for (const order of this.orders) {
      this.ask(BY_KIND.order, { order, world })
    }
    this.slots.clear()
    this.orders.clear()
  }

  private touchAll(): void {
    this.world.slots.forEach((slot) => this.slots.add(slot))
    for (const { orders } of this.world.channels) {
      for (const order of orders.values()) {
        this.orders.add(order)
      }
    }
  }

  atRest(): void {
    this.touchAll()
    this.afterStep()
    this.ask(BY_KIND.rest, { world: this.world })
  }

  atChange(slot: Slot, after: LaneRow): void {
    this.ask(BY_KIND.change, { slot, before: slot.row, after, world: this.world })
  }

  atCompute(slot: Slot, computed: Computed): void {
    this.ask(BY_KIND.compute, { slot, computed, world: this.world })
  }

  atSend(write: PendingWrite): void {
    this.ask(BY_KIND.send, { write, world: this.world })
  }

  atApply(write: PendingWrite): void {
    this.ask(BY_KIND.apply, { write, world: this.world })
  }

  atSettle(slot: Slot, after: LaneRow, token: string): void {
    this.ask(BY_KIND.settle, { slot, after, token, world: this.world })
  }

  atExpose(slot: Slot, before: number): void {
    this.ask(BY_KIND.expose, { slot, before, world: this.world })
  }

  atGuard(slot: Slot, guarded: Guarded): void {
    this.ask(BY_KIND.guard, { slot, guarded, world: this.world })
  }

  atPush(push: Pushed): void {
    this.ask(BY_KIND.push, { push, world: this.world })
  }

  atFinish(context: OrderContext, plan: OrderPlan): void {
    this.ask(BY_KIND.finish, { context, plan, world: this.world })
  }

  private ask<Kind extends keyof Looks>(invariants: readonly InvariantOf<Kind>[], look: Looks[Kind]): void {
    for (const invariant of invariants) {
      this.counts.set(invariant.id, (this.counts.get(invariant.id) ?? 0) + 1)
      const problem = invariant.check(look)
      if (problem !== null) {
        throw new Break(invariant.id, invariant.words, problem)
      }
    }
  }
}
