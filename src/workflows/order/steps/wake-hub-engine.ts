import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { wakeEngine } from "../../../engine/wake"

/**
 * This step tells the engine of this process that stock has just changed, instead of leaving it to the next poll. It
 * writes nothing. Class: none.
 */
export const wakeHubEngineStep = createStep(
  "wake-hub-engine",
  async (orderId: string, { container }): Promise<StepResponse<string>> => {
    wakeEngine(container)
    return new StepResponse(orderId)
  }
)
