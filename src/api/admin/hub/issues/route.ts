import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadIssues } from "../../../../engine/queries/load-issues"
import type { HubIssuesResponse } from "../../../../types/http/issues"
import type { AdminGetHubIssuesType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubIssuesType>,
  res: MedusaResponse<HubIssuesResponse>
): Promise<void> => {
  const { state = null, connection_id: connectionId = null, code = null, severity = null } = req.validatedQuery
  const { cursor = null, limit } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const issues = await loadIssues(sql, { state, connectionId, code, severity, cursor, limit })
  res.json({ issues, next_cursor: issues.length === limit ? (issues.at(-1)?.id ?? null) : null })
}
