import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadActivity } from "../../../../engine/queries/load-activity"
import type { HubActivityResponse } from "../../../../types/http/insight"
import type { AdminGetHubActivityType } from "../metrics/validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubActivityType>,
  res: MedusaResponse<HubActivityResponse>
): Promise<void> => {
  const { connection_id: connectionId = null, limit } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ activity: await loadActivity(sql, { connectionId, limit }) })
}
