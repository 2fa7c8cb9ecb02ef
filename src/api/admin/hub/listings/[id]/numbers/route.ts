import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadPastNumbers } from "../../../../../../engine/queries/load-past-numbers"
import type { HubPastNumbersResponse } from "../../../../../../types/http/mapping"
import type { AdminGetHubPastNumbersType } from "../../validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubPastNumbersType>,
  res: MedusaResponse<HubPastNumbersResponse>
): Promise<void> => {
  const { external_location_id: externalLocationId, cursor = null, limit } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json(await loadPastNumbers(sql, { listingId: req.params.id ?? "", externalLocationId, cursor, limit }))
}
