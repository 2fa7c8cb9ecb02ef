import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { applyEdit, applyStatus } from "../../../engine/ingest/apply-edit"
import type { DecidedOrder } from "../../../engine/ingest/decide-order"
import type { OrderContext } from "../../../engine/ingest/order-context"

export interface UpdateHubOrderLinesStepInput {
  readonly context: OrderContext
  readonly plan: DecidedOrder
}

/**
 * This step makes the order in Medusa have the lines and the money that the channel's has now, as a change that people see in
 * its history. Doing it again changes nothing. Class: reconverge.
 */
export const updateHubOrderLinesStep = createStep(
  { name: "update-hub-order-lines", noCompensation: true },
  async ({ context, plan }: UpdateHubOrderLinesStepInput, { container }): Promise<StepResponse<number>> => {
    const changed = await applyEdit(container, context, plan)
    await applyStatus(container, context, plan)
    return new StepResponse(changed)
  }
)
