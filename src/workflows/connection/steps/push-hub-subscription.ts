import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { subscribe } from "../../../engine/connect"

export interface PushHubSubscriptionStepInput {
  readonly connection_id: string
  /** Where the channel sends its messages. */
  readonly callback_url: string
}

/** This step makes the channel send its messages to us. Doing it again changes nothing. Class: reconverge. */
export const pushHubSubscriptionStep = createStep(
  { name: "push-hub-subscription", noCompensation: true },
  async (input: PushHubSubscriptionStepInput, { container }) => {
    await subscribe(container, input.connection_id, input.callback_url)
    return new StepResponse(input.connection_id)
  }
)
