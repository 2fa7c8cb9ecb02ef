import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { updateMapping, type ListingMapping } from "../../../engine/listings/update-mapping"

/**
 * This step changes what listings sell and in which packs, and marks what they show stale.
 *
 * Class: restore-if-unchanged. The engine reads the mapping after every change, so restoring it is enough.
 */
export const updateHubListingsStep = createStep(
  "update-hub-listings",
  async (mappings: readonly ListingMapping[], { container }) => {
    const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const before = await updateMapping(sql, mappings)
    return new StepResponse(
      before.map((mapping) => mapping.id),
      before
    )
  },
  async (before, { container }) => {
    if (!before?.length) {
      return
    }
    await updateMapping(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), before)
  }
)
