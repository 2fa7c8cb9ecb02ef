import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { requestReplay } from "../../../../../engine/inbound/request-replay"
import { loadRun } from "../../../../../engine/queries/load-runs"
import type { AdminReplayHubInboundType } from "../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminReplayHubInboundType>,
  res: MedusaResponse
): Promise<void> => {
  const { ids, filter: { connection_id: connectionId = null, ...filter } = {}, dry_run: isDry } = req.validatedBody
  const { estimate, runId } = await requestReplay(req.scope, {
    selection: { connectionId, messageIds: ids ?? null, filter },
    isDry,
    requestedBy: req.auth_context.actor_id,
  })
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const run = runId === null ? null : ((await loadRun(sql, runId))?.run ?? null)
  res.status(run === null ? 200 : 202).json({ estimate, run })
}
