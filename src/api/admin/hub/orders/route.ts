import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadChannelOrders } from "../../../../engine/queries/load-channel-orders"
import type { HubChannelOrdersResponse } from "../../../../types/http/orders"
import type { AdminGetHubOrdersType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubOrdersType>,
  res: MedusaResponse<HubChannelOrdersResponse>
): Promise<void> => {
  const { filter, connection_id: connectionId = null, cursor = null, limit } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json(await loadChannelOrders(sql, { filter, connectionId, cursor, limit }))
}
