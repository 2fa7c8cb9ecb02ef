import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { pushHubSubscriptionStep } from "../steps/push-hub-subscription"
import { requestHubImportStep } from "../steps/request-hub-import"
import { retrieveHubConnectionStep } from "../steps/retrieve-hub-connection"
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
    updateHubConnectionStateStep(
      transform({ input }, ({ input }) => ({ ...input, event: "begin-connecting" as const }))
    ).config({ name: "begin-connecting" })
    pushHubSubscriptionStep(input)
    updateHubConnectionStateStep(
      transform({ input }, ({ input }) => ({ ...input, event: "connected" as const }))
    ).config({
      name: "end-connecting",
    })
    const runId = requestHubImportStep(input)
    const connection = retrieveHubConnectionStep({ connection_id: input.connection_id })
    return new WorkflowResponse(transform({ connection, runId }, (result) => result))
  }
)
