import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { pushHubSubscriptionStep } from "../steps/push-hub-subscription"
import { requestHubImportStep } from "../steps/request-hub-import"
import { updateHubConnectionStateStep } from "../steps/update-hub-connection-state"

export interface ConnectHubConnectionWorkflowInput {
  readonly connection_id: string
  readonly callback_url: string
  /** Who connects; shown with the run that imports the listings. */
  readonly requested_by: string
}

/**
 * This workflow connects a draft: the channel is told where to send its messages, its lane runs from then on, and a run reads
 * its listings and links them by SKU. It is in shadow, as a preview, until it goes live.
 *
 * @summary Connect a connection.
 */
export const connectHubConnectionWorkflow = createWorkflow(
  "connect-hub-connection",
  (input: ConnectHubConnectionWorkflowInput) => {
    pushHubSubscriptionStep(input)
    const connection = updateHubConnectionStateStep({ connection_id: input.connection_id, state: "connected" })
    const runId = requestHubImportStep(input)
    return new WorkflowResponse(transform({ connection, runId }, (result) => result))
  }
)
