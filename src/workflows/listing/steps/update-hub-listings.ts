import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { editListings, type ListingEdit } from "../../../engine/mapping/change-listings"
import { undoBatch } from "../../../engine/mapping/undo-batch"

/**
 * This step changes what listings sell and in which packs, and marks what they show stale.
 *
 * Class: restore-if-unchanged. The change is a stored batch, and undoing it leaves alone what was changed since.
 */
export const updateHubListingsStep = createStep(
  "update-hub-listings",
  async (edits: readonly ListingEdit[], { container }) => {
    const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const { changed, batchId } = await editListings(sql, edits, { requestedBy: null })
    return new StepResponse(changed, batchId)
  },
  async (batchId, { container }) => {
    if (!batchId) {
      return
    }
    await undoBatch(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), batchId, null)
  }
)
