import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadMappingCounts } from "../../../../../engine/queries/load-mapping"
import type { HubMappingCountsResponse } from "../../../../../types/http/mapping"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubMappingCountsResponse>
): Promise<void> => {
  res.json(await loadMappingCounts(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)))
}
