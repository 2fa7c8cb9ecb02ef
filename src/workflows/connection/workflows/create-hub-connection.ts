import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { createHubConnectionStep, type CreateHubConnectionStepInput } from "../steps/create-hub-connection"
import {
  createHubLocationMappingsStep,
  type CreateHubLocationMappingsStepInput,
} from "../steps/create-hub-location-mappings"

export interface CreateHubConnectionWorkflowInput extends CreateHubConnectionStepInput {
  readonly locations: CreateHubLocationMappingsStepInput["locations"]
}

/**
 * This workflow creates a connection as a draft, without its secrets: those never enter a workflow.
 *
 * @summary Create a connection.
 */
export const createHubConnectionWorkflow = createWorkflow(
  "create-hub-connection",
  (input: CreateHubConnectionWorkflowInput) => {
    const connection = createHubConnectionStep(input)
    createHubLocationMappingsStep(
      transform({ connection, input }, ({ connection, input }) => ({
        company_id: connection.company_id,
        connection_id: connection.id,
        locations: input.locations,
      }))
    )
    return new WorkflowResponse(connection)
  }
)
