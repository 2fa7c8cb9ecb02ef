import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { ListingEdit } from "../../../engine/mapping/change-listings"
import { updateHubListingsStep } from "../steps/update-hub-listings"

export interface UpdateHubListingsWorkflowInput {
  readonly listings: readonly ListingEdit[]
}

/**
 * This workflow changes what listings sell: the variant, the pack size, or whether we care at all.
 *
 * @summary Map listings.
 */
export const updateHubListingsWorkflow = createWorkflow(
  "update-hub-listings",
  (input: UpdateHubListingsWorkflowInput) => {
    return new WorkflowResponse(updateHubListingsStep(input.listings))
  }
)
