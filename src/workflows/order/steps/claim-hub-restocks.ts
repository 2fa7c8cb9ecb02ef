import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { claimRestocks } from "../../../engine/ingest/claim-restocks"
import type { DecidedOrder } from "../../../engine/ingest/decide-order"
import type { OrderContext } from "../../../engine/ingest/order-context"
import type { PlannedRestock } from "../../../engine/ingest/plan-restocks"

export interface ClaimHubRestocksStepInput {
  readonly context: OrderContext
  readonly plan: DecidedOrder
}

/**
 * This step notes which returns are about to be put back into stock, so that each is booked once. What was noted
 * stays noted, because nobody can tell afterwards whether the stock was raised. Class: irreversible.
 */
export const claimHubRestocksStep = createStep(
  { name: "claim-hub-restocks", noCompensation: true },
  async (input: ClaimHubRestocksStepInput, { container }): Promise<StepResponse<PlannedRestock[]>> =>
    new StepResponse(
      await claimRestocks(
        container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
        input.context,
        input.plan.restocks
      )
    )
)
