import { createWorkflow, transform, when, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { fetchHubSnapshotStep } from "../steps/fetch-hub-snapshot"
import { updateHubWriteModeStep, type UpdateHubWriteModeStepInput } from "../steps/update-hub-write-mode"

/**
 * This workflow takes a connection live, after what its channel shows has been kept, or back into shadow, where everything is
 * computed and nothing is written.
 *
 * @summary Go live, or into shadow.
 */
export const updateHubWriteModeWorkflow = createWorkflow(
  "update-hub-write-mode",
  (input: UpdateHubWriteModeStepInput) => {
    const snapshot = when("goes-live", { input }, ({ input }) => input.write_mode === "live").then(() =>
      fetchHubSnapshotStep(input)
    )
    const connection = updateHubWriteModeStep(input)
    return new WorkflowResponse(transform({ connection, snapshot }, (result) => result))
  }
)
