import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { changeIssues, type IssueChange } from "../../../../engine/issues"
import type { HubIssueChangeResponse } from "../../../../types/http/issues"
import type { AdminChooseHubIssuesType } from "./validators"

export type ChooseIssuesRequest = AuthenticatedMedusaRequest<AdminChooseHubIssuesType>

/** What the three routes that change issues have in common. */
export async function changeChosenIssues(
  req: ChooseIssuesRequest,
  change: IssueChange
): Promise<HubIssueChangeResponse> {
  const { ids, connection_id: connectionId = "", code = "" } = req.validatedBody
  const changed = await changeIssues(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), change, {
    choice: ids ? { ids } : { connectionId, code },
    by: req.auth_context.actor_id,
  })
  return { changed }
}
