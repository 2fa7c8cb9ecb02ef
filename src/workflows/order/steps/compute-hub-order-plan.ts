import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { OrderContext } from "../../../engine/ingest/order-context"
import { decideOrder, type DecidedOrder } from "../../../engine/ingest/decide-order"
import { HubError } from "../../../lib/errors"

/** This step decides what has to happen so that Medusa says what the channel says. Class: none. */
export const computeHubOrderPlanStep = createStep(
  "compute-hub-order-plan",
  async (context: OrderContext): Promise<StepResponse<DecidedOrder>> => {
    const plan = decideOrder(context)
    if (!plan.ok) {
      throw new HubError(plan.error)
    }
    return new StepResponse(plan.value)
  }
)
