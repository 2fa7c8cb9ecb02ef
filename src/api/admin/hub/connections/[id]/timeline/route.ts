import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { requireConnection } from "../../../../../../engine/connection/describe-connection"
import { loadTimeline } from "../../../../../../engine/queries/load-timeline"
import type { HubTimelineResponse } from "../../../../../../types/http/connection"
import type { AdminGetHubTimelineType } from "../../validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubTimelineType>,
  res: MedusaResponse<HubTimelineResponse>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { cursor = null, limit } = req.validatedQuery as AdminGetHubTimelineType
  const { id } = await requireConnection(sql, req.params.id ?? "")
  const { entries, nextCursor } = await loadTimeline(sql, id, { cursor, limit })
  res.json({ entries, next_cursor: nextCursor })
}
