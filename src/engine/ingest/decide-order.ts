import { createHash } from "node:crypto"
import type { HubFailure } from "../../lib/errors"
import { ok, type Result } from "../../lib/result"
import type { TotalsCheck } from "../../types/order-check"
import { emailOf } from "./medusa-order"
import { computeMedusaTotals } from "./medusa-totals"
import type { OrderContext } from "./order-context"
import { planOrder, type OrderPlan } from "./plan-order"
import { checkTotals } from "./plan-totals-check"

/** A plan, and whether Medusa's own reckoning comes to the channel's cents. */
export interface DecidedOrder extends OrderPlan {
  /** Null when no money is written. */
  readonly check: TotalsCheck | null
  /** Stands for the differences, so that a person who let them pass is not asked again. */
  readonly checkDigest: string | null
  /** The buyer's address, as Medusa takes it; null when there is none. */
  readonly email: string | null
  /** It waits for a person because of its totals. */
  readonly isHeld: boolean
}

function checkOrder(context: OrderContext, plan: OrderPlan): Result<TotalsCheck | null, HubFailure> {
  const { order } = context
  if (plan.money === null) {
    return ok(null)
  }
  const { ordered, wanted, problem } = plan.money
  if (problem !== null) {
    return ok({
      state: "different",
      currency_code: ordered.currency_code,
      channel_total: order.totals?.total ?? null,
      medusa_total: "0",
      lines_total: "0",
      problem,
      differences: [],
      lines: [],
    })
  }
  const isInclusive = order.taxInclusive ?? false
  return checkTotals(order, {
    ordered: computeMedusaTotals(ordered, isInclusive),
    wanted: computeMedusaTotals(wanted, isInclusive),
  })
}

/** Plans what a version of an order means, and compares the totals that Medusa will come to with the channel's. */
export function decideOrder(context: OrderContext): Result<DecidedOrder, HubFailure> {
  const plan = planOrder(context)
  if (!plan.ok) {
    return plan
  }
  const checked = checkOrder(context, plan.value)
  if (!checked.ok) {
    return checked
  }
  const check = checked.value
  const checkDigest =
    check?.state === "different" ? createHash("sha256").update(JSON.stringify(check)).digest("hex") : null
  return ok({
    ...plan.value,
    check,
    checkDigest,
    email: emailOf(context.order),
    // What is long over is told, but nobody has to let it pass.
    isHeld: checkDigest !== null && !context.isHistoric && checkDigest !== context.releasedDigest,
  })
}
