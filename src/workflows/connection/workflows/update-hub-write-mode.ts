import { createWorkflow, transform, when, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { WriteMode } from "../../../types/states"
import { requestHubGoLiveStep } from "../steps/request-hub-go-live"
import { updateHubWriteModeStep } from "../steps/update-hub-write-mode"

export interface UpdateHubWriteModeWorkflowInput {
  readonly connection_id: string
  readonly write_mode: WriteMode
  /** Who wants it; shown with the run that goes live. */
  readonly requested_by: string
}

/**
 * This workflow takes a connection live, by a run that first keeps what its channel shows, or at once back into shadow, where
 * everything is computed and nothing is written.
 *
 * @summary Go live, or into shadow.
 */
export const updateHubWriteModeWorkflow = createWorkflow(
  "update-hub-write-mode",
  (input: UpdateHubWriteModeWorkflowInput) => {
    const runId = when("goes-live", { input }, ({ input }) => input.write_mode === "live").then(() =>
      requestHubGoLiveStep(input)
    )
    when("goes-into-shadow", { input }, ({ input }) => input.write_mode === "shadow").then(() =>
      updateHubWriteModeStep(input)
    )
    return new WorkflowResponse(transform({ runId }, ({ runId }) => ({ runId: runId ?? null })))
  }
)
