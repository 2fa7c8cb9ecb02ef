import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { describeConnection } from "../../../../../../engine/connection/describe-connection"
import { disconnect } from "../../../../../../engine/connection/leave-connection"
import { loadRun } from "../../../../../../engine/queries/load-runs"
import type { HubConnectionResponse } from "../../../../../../types/http/connection"
import type { HubRun } from "../../../../../../types/http/hub"
import type { AdminDisconnectHubConnectionType } from "../../validators"

/** 200 when it is done at once, 202 with the run that sets every number to zero first. */
export const POST = async (
  req: AuthenticatedMedusaRequest<AdminDisconnectHubConnectionType>,
  res: MedusaResponse<HubConnectionResponse & { run: HubRun | null }>
): Promise<void> => {
  const id = req.params.id ?? ""
  const runId = await disconnect(req.scope, id, { ...req.validatedBody, requestedBy: req.auth_context.actor_id })
  wakeEngine(req.scope)
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const run = runId === null ? null : ((await loadRun(sql, runId))?.run ?? null)
  res.status(run ? 202 : 200).json({ connection: await describeConnection(req.scope, id), run })
}
