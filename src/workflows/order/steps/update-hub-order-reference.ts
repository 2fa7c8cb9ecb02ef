import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { finishOrder } from "../../../engine/ingest/finish-order"
import type { OrderContext } from "../../../engine/ingest/order-context"
import type { OrderPlan } from "../../../engine/ingest/plan-order"

export interface UpdateHubOrderReferenceStepInput {
  readonly context: OrderContext
  readonly plan: OrderPlan
}

/**
 * This step notes that a version of the channel's order has been taken over, and that what the channel shows is unknown.
 *
 * Class: irreversible. It is the last step: what it writes is true once everything before it has happened.
 */
export const updateHubOrderReferenceStep = createStep(
  { name: "update-hub-order-reference", noCompensation: true },
  async (input: UpdateHubOrderReferenceStepInput, { container }): Promise<StepResponse<string>> => {
    await finishOrder(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), input.context, input.plan)
    return new StepResponse(input.context.orderId)
  }
)
