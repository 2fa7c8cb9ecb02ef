import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadLocationUses } from "../../../../../../engine/queries/load-places"
import type { HubLocationChannelsResponse } from "../../../../../../types/http/places"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubLocationChannelsResponse>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ channels: await loadLocationUses(sql, req.params.id ?? "") })
}
