import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { DecidedOrder } from "../../../engine/ingest/decide-order"
import { raiseForReturns } from "../../../engine/ingest/raise-exposure"

export interface UpdateHubExposureStepInput {
  readonly plan: DecidedOrder
}

/**
 * This step notes that the channel may be selling returned units again already. Too high a note corrects itself with the next
 * confirmed write. Class: reconverge.
 */
export const updateHubExposureStep = createStep(
  { name: "update-hub-exposure", noCompensation: true },
  async (input: UpdateHubExposureStepInput, { container }) => {
    await raiseForReturns(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), input.plan.returned)
    return new StepResponse(input.plan.returned.length)
  }
)
