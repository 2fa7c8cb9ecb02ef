import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadConnectionSummaries, loadOpenIssues } from "../../../../engine/queries/load-overview"
import { readCaptureStatus } from "../../../../modules/sync/capture/install-capture"
import type { HubOverviewResponse } from "../../../../types/http/hub"
import type { AdminGetHubOverviewType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubOverviewType>,
  res: MedusaResponse<HubOverviewResponse>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [connections, issues, capture] = await Promise.all([
    loadConnectionSummaries(sql, req.validatedQuery.since ?? null),
    loadOpenIssues(sql),
    readCaptureStatus(sql),
  ])
  res.json({ connections, issues, capture })
}
