import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { releaseOrder } from "../../../../../../engine/ingest/release-order"
import { loadChannelOrder } from "../../../../../../engine/queries/load-channel-orders"
import type { HubChannelOrderResponse } from "../../../../../../types/http/orders"

export const POST = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubChannelOrderResponse>
): Promise<void> => {
  const orderId = req.params.id ?? ""
  await releaseOrder(req.scope, { orderId, by: req.auth_context.actor_id })
  res.json({
    channel_order: await loadChannelOrder(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), orderId),
  })
}
