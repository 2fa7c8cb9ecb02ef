import { amountOf } from "../src/lib/quantity"
import { PLANTED_BUGS as LANE_BUGS } from "../src/engine/lane/__tests__/planted-bugs"
import type { OrderContext } from "../src/engine/ingest/order-context"
import type { OrderPlan } from "../src/engine/ingest/plan-order"
import { PRODUCTION, type Reducers } from "./reducers"

const withBug = (bug: Partial<Reducers>): Reducers => ({ ...PRODUCTION, ...bug })

/** Plans from something other than what there is. */
const misreading = (misread: (context: OrderContext) => OrderContext): Reducers =>
  withBug({ planOrder: (context) => PRODUCTION.planOrder(misread(context)) })

const forgetting = (forget: Partial<OrderPlan>): Reducers =>
  withBug({
    planOrder: (context) => {
      const plan = PRODUCTION.planOrder(context)
      return plan.ok ? { ok: true, value: { ...plan.value, ...forget } } : plan
    },
  })

const OWN: Readonly<Record<string, Reducers>> = {
  "a lease does not keep others away": withBug({
    canClaim: (row, now) => PRODUCTION.canClaim({ ...row, leaseUntil: null }, now),
    claimRow: (row, claim) => PRODUCTION.claimRow({ ...row, leaseUntil: null }, claim),
  }),
  "a compare-and-set does not compare": withBug({
    decideRow: (row, computed, context) => {
      const decision = PRODUCTION.decideRow(row, computed, context)
      return decision.kind === "write" && row.acked !== null ? { ...decision, compareWith: null } : decision
    },
  }),
  "reserved stock is offered": withBug({
    computeRow: (loaded) =>
      PRODUCTION.computeRow({
        ...loaded,
        components: loaded.components.map((component) => ({
          ...component,
          levels: component.levels.map((level) => ({ ...level, reserved: "0" })),
        })),
      }),
  }),
  "what is missing at one location is not taken off the others": withBug({
    computeRow: (loaded) =>
      PRODUCTION.computeRow({
        ...loaded,
        components: loaded.components.map((component) => ({
          ...component,
          levels: component.levels.map((level) =>
            Number(level.stocked) < Number(level.reserved) ? { ...level, reserved: level.stocked } : level
          ),
        })),
      }),
  }),
  "a recheck that was refused counts as done": withBug({
    settleRow: (row, outcome, settlement) => {
      const settled = PRODUCTION.settleRow(row, outcome, settlement)
      return settled && (settled.state === "failed" || settled.state === "skipped")
        ? { ...settled, acked: row.acked }
        : settled
    },
  }),
  "an order is reserved again after a crash": misreading((context) => ({ ...context, reservations: [] })),
  "an order is reserved again after it was shipped": misreading((context) => ({ ...context, hasFulfillment: false })),
  "an older version of an order counts as news": misreading((context) => ({
    ...context,
    knownVersion: Math.min(context.knownVersion, context.order.version - 1),
  })),
  "a kit reserves only its first part": misreading((context) => ({
    ...context,
    listings: Object.fromEntries(
      Object.entries(context.listings).map(([id, listing]) => [
        id,
        { ...listing, components: listing.components.slice(0, 1) },
      ])
    ),
  })),
  "a pack reserves a single piece": misreading((context) => ({
    ...context,
    listings: Object.fromEntries(
      Object.entries(context.listings).map(([id, listing]) => [id, { ...listing, packSize: 1 }])
    ),
  })),
  "what was cancelled stays reserved": forgetting({ release: [], shrink: [] }),
  "an order is cancelled in Medusa only in words": forgetting({ cancelOrder: false }),
  "the channel's own sale is not marked as unknown": forgetting({ soldListingIds: [] }),
  "a mass change holds sales, too": withBug({
    planGuard: (window, changes, context) =>
      PRODUCTION.planGuard(
        window,
        changes.map((change) => ({ ...change, sold: 0, cause: "edit" })),
        context
      ),
  }),
  "a mass change is noticed and let pass": withBug({ holdBack: (_row, decision) => decision }),
  "a released guard goes on holding": withBug({ releaseGuard: (window) => window }),
  "an exclusive share ignores what others may still show": withBug({
    exclusiveCeiling: (components) =>
      PRODUCTION.exclusiveCeiling(components.map((component) => ({ ...component, exposedElsewhere: amountOf(0) }))),
  }),
  "a number counts as live only once it is confirmed": withBug({ raiseExposure: (row) => row }),
  "a number stops being live before it is proven": withBug({
    settleRow: (row, outcome, settlement) => {
      const settled = PRODUCTION.settleRow(row, outcome, settlement)
      return settled && outcome.kind === "written" ? { ...settled, exposed: outcome.quantity } : settled
    },
  }),
  "an observation counts although a write was on its way": withBug({
    takeObservation: (row, observation, now) => {
      const taken = PRODUCTION.takeObservation(
        { ...row, leaseToken: null, recheckAt: null, touchedAt: null },
        observation,
        now
      )
      return taken && { ...taken, leaseToken: row.leaseToken, recheckAt: row.recheckAt, touchedAt: row.touchedAt }
    },
  }),
  "what somebody changed on the channel is taken for ours": withBug({ takeObservation: () => null }),
  "a refused batch is sent item by item": withBug({
    answerSpan: (bisection, answer) => {
      const [span] = bisection.waiting
      const next = PRODUCTION.answerSpan(bisection, answer)
      return answer === "refused" && span && bisection.waiting.length === 1 && span.to - span.from > 1
        ? {
            ...next,
            waiting: Array.from({ length: span.to - span.from }, (_, index) => ({
              from: span.from + index,
              to: span.from + index + 1,
              isTwin: false,
            })),
          }
        : next
    },
  }),
  "a breaker that has opened stays open": withBug({
    afterFailure: (breaker, failure, at) => {
      const after = PRODUCTION.afterFailure(breaker, failure, at)
      return after.state === "open" ? { ...after, notBefore: Number.MAX_SAFE_INTEGER } : after
    },
  }),
}

/** Leases outlive every call here, so only the interleavings of one row reach the moment at which it shows. */
const FOUND_ELSEWHERE = "a write of a worker that died is not rechecked"

/** The exhaustive search alone finds this one: it takes a sale between two writes of the very first number. */
export const FIRST_ANSWER_FORGOTTEN = withBug({
  mayShowOurs: (row) => row.acked === null && row.writeCount > 0,
})

/** Mistakes that one could make in the reducers. Each has to be found, or the simulation proves nothing. */
export const PLANTS: Readonly<Record<string, Reducers>> = {
  ...Object.fromEntries(
    Object.entries(LANE_BUGS).flatMap(([name, { reducers }]) =>
      reducers && name !== FOUND_ELSEWHERE ? [[name, withBug(reducers)]] : []
    )
  ),
  ...OWN,
}
