import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadListingDetail } from "../../../../../engine/queries/load-mapping"
import type { HubListingDetail } from "../../../../../types/http/mapping"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<{ listing: HubListingDetail }>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ listing: await loadListingDetail(sql, req.params.id ?? "") })
}
