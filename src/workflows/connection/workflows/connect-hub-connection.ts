import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { fetchHubListingsStep } from "../steps/fetch-hub-listings"
import { pushHubSubscriptionStep } from "../steps/push-hub-subscription"
import { retrieveHubConnectionStep } from "../steps/retrieve-hub-connection"
import { updateHubConnectionStateStep } from "../steps/update-hub-connection-state"

export interface ConnectHubConnectionWorkflowInput {
  readonly connection_id: string
  readonly callback_url: string
  /** A user id. */
  readonly requested_by?: string | null
}

/**
 * This workflow connects a draft: its listings are read and linked by SKU, the channel is told where to send its messages, and
 * from then on its lane runs. It runs in shadow, as a preview, until `update-hub-write-mode` takes it live.
 *
 * @summary Connect a connection.
 */
export const connectHubConnectionWorkflow = createWorkflow(
  "connect-hub-connection",
  (input: ConnectHubConnectionWorkflowInput) => {
    const move = transform({ input }, ({ input }) => ({
      connection_id: input.connection_id,
      requested_by: input.requested_by ?? null,
    }))
    updateHubConnectionStateStep(transform({ move }, ({ move }) => ({ ...move, event: "begin-connecting" as const }))).config({
      name: "begin-connecting",
    })
    const report = fetchHubListingsStep({ connection_id: input.connection_id })
    pushHubSubscriptionStep(input)
    updateHubConnectionStateStep(transform({ move }, ({ move }) => ({ ...move, event: "connected" as const }))).config({
      name: "end-connecting",
    })
    const connection = retrieveHubConnectionStep({ connection_id: input.connection_id })
    return new WorkflowResponse(
      transform({ report, connection }, ({ report, connection }) => ({ ...connection, import: report }))
    )
  }
)
