import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadIssueGroups } from "../../../../../engine/queries/load-issues"
import type { HubIssueGroupsResponse } from "../../../../../types/http/issues"
import type { AdminGetHubIssueGroupsType } from "../validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubIssueGroupsType>,
  res: MedusaResponse<HubIssueGroupsResponse>
): Promise<void> => {
  const { state = "open", connection_id: connectionId = null, code = null, severity = null } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json(await loadIssueGroups(sql, { state, connectionId, code, severity }))
}
