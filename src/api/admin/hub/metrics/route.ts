import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadMetrics } from "../../../../engine/queries/load-metrics"
import { HubError } from "../../../../lib/errors"
import type { HubMetricsResponse } from "../../../../types/http/insight"
import type { AdminGetHubMetricsType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubMetricsType>,
  res: MedusaResponse<HubMetricsResponse>
): Promise<void> => {
  const { period, connection_id: connectionId = null } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const metrics = await loadMetrics(sql, { period, connectionId })
  if (connectionId !== null && metrics.connections.length === 0) {
    throw new HubError({ kind: "not-found", message: `There is no connection ${connectionId}.` })
  }
  res.json(metrics)
}
