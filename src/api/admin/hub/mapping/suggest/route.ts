import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../engine"
import { suggestAgain } from "../../../../../engine/mapping/suggest-again"
import { loadMappingCounts } from "../../../../../engine/queries/load-mapping"
import type { HubMappingCountsResponse } from "../../../../../types/http/mapping"
import type { AdminSuggestHubListingsType } from "../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminSuggestHubListingsType>,
  res: MedusaResponse<HubMappingCountsResponse>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await suggestAgain(sql, req.validatedBody.connection_id)
  wakeEngine(req.scope)
  res.json(await loadMappingCounts(sql))
}
