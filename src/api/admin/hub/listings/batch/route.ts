import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../engine"
import { editListings } from "../../../../../engine/mapping/change-listings"
import { loadMappingBatch } from "../../../../../engine/queries/load-mapping"
import type { HubMappingBatch } from "../../../../../types/http/mapping"
import type { AdminBatchHubListingsType } from "../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminBatchHubListingsType>,
  res: MedusaResponse<{ updated: readonly string[]; batch: HubMappingBatch | null }>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { changed, batchId } = await editListings(sql, req.validatedBody.update, {
    requestedBy: req.auth_context.actor_id,
  })
  wakeEngine(req.scope)
  res.json({ updated: changed, batch: await loadMappingBatch(sql, batchId) })
}
