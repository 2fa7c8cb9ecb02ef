import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadSalesChannelConnections } from "../../../../../../engine/queries/load-places"
import type { HubSalesChannelConnectionsResponse } from "../../../../../../types/http/places"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubSalesChannelConnectionsResponse>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ connections: await loadSalesChannelConnections(sql, req.params.id ?? "") })
}
