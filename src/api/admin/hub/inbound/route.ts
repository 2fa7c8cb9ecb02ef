import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadInbound } from "../../../../engine/queries/load-inbound"
import type { AdminGetHubInboundType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubInboundType>,
  res: MedusaResponse
): Promise<void> => {
  const { connection_id: connectionId = null, state = null, topic = null, search = null, ...rest } = req.validatedQuery
  const { since = null, until = null, cursor = null, limit } = rest
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const page = await loadInbound(sql, { connectionId, state, topic, search, since, until, cursor, limit })
  res.json({ messages: page.messages, next_cursor: page.nextCursor })
}
