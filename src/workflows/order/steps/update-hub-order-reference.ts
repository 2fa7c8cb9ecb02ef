import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { finishOrder, isFinished } from "../../../engine/ingest/finish-order"
import type { OrderContext } from "../../../engine/ingest/order-context"
import type { DecidedOrder } from "../../../engine/ingest/decide-order"

export interface UpdateHubOrderReferenceStepInput {
  readonly context: OrderContext
  readonly plan: DecidedOrder
}

/**
 * This step notes that a version of the channel's order has been taken over, and that what the channel shows is unknown.
 *
 * Class: irreversible. It is the last step: what it writes is true once everything before it has happened.
 */
export const updateHubOrderReferenceStep = createStep(
  { name: "update-hub-order-reference", noCompensation: true },
  async (input: UpdateHubOrderReferenceStepInput, { container }): Promise<StepResponse<string>> => {
    const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    await finishOrder(sql, input.context, input.plan).catch(async (error: unknown) => {
      // The answer to a commit may get lost. What is closed already must not be compensated away.
      if (!(await isFinished(sql, input.context))) {
        throw error
      }
    })
    return new StepResponse(input.context.orderId)
  }
)
