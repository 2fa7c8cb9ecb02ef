import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { integrationConfig } from "../../../engine/connections"

export interface RetrieveHubConnectionStepInput {
  readonly connection_id: string
}

/** This step reads a connection as it is now, for the answer. Class: none. */
export const retrieveHubConnectionStep = createStep(
  "retrieve-hub-connection",
  async (input: RetrieveHubConnectionStepInput, { container }) =>
    new StepResponse(await integrationConfig(container).retrieveHubConnection(input.connection_id))
)
