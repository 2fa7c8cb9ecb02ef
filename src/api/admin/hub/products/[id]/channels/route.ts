import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadProductChannels } from "../../../../../../engine/queries/load-places"
import type { HubProductChannelsResponse } from "../../../../../../types/http/places"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubProductChannelsResponse>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ channels: await loadProductChannels(sql, req.params.id ?? "") })
}
