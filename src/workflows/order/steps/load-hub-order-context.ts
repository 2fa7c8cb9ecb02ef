import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadOrderContext } from "../../../engine/ingest/load-order-context"
import type { OrderContext } from "../../../engine/ingest/order-context"

export interface LoadHubOrderContextStepInput {
  readonly inbox_event_id: string
}

/**
 * This step reads everything that decides what a channel's order means: the order, our reference to it, its listings,
 * stock and reservations. Class: none.
 */
export const loadHubOrderContextStep = createStep(
  "load-hub-order-context",
  async (input: LoadHubOrderContextStepInput, { container }): Promise<StepResponse<OrderContext>> =>
    new StepResponse(
      await loadOrderContext(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), input.inbox_event_id)
    )
)
