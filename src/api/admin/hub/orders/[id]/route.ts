import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { loadChannelOrder } from "../../../../../engine/queries/load-channel-orders"
import type { HubChannelOrderResponse } from "../../../../../types/http/orders"

/** Null for an order that no channel sent; an order that does not exist is not found. */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubChannelOrderResponse>
): Promise<void> => {
  const id = req.params.id ?? ""
  const found = await loadChannelOrder(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), id)
  if (!found) {
    await req.scope.resolve(Modules.ORDER).retrieveOrder(id, { select: ["id"] })
  }
  res.json({ channel_order: found })
}
