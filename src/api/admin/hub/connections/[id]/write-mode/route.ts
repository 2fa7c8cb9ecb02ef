import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { assertMayGoLive } from "../../../../../../engine/connection/assert-may-go-live"
import { integrationConfig } from "../../../../../../engine/connections"
import { loadRun } from "../../../../../../engine/queries/load-runs"
import { updateHubWriteModeWorkflow } from "../../../../../../workflows/connection/workflows/update-hub-write-mode"
import type { AdminUpdateHubWriteModeType } from "../../validators"

/** Shadow holds at once. Going live is a run: what the channel shows is kept first. */
export const POST = async (
  req: AuthenticatedMedusaRequest<AdminUpdateHubWriteModeType>,
  res: MedusaResponse
): Promise<void> => {
  const connections = integrationConfig(req.scope)
  const { id } = await connections.retrieveHubConnection(req.params.id ?? "")
  if (req.validatedBody.write_mode === "live") {
    await assertMayGoLive(req.scope, id)
  }
  const { result } = await updateHubWriteModeWorkflow(req.scope).run({
    input: { connection_id: id, ...req.validatedBody, requested_by: req.auth_context.actor_id },
  })
  wakeEngine(req.scope)
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const run = result.runId === null ? null : ((await loadRun(sql, result.runId))?.run ?? null)
  res.status(run ? 202 : 200).json({ connection: await connections.retrieveHubConnection(id), run })
}
