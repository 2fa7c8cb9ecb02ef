import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { requireConnection } from "../../../../../../engine/connection/describe-connection"
import { loadRun } from "../../../../../../engine/queries/load-runs"
import { connectHubConnectionWorkflow } from "../../../../../../workflows/connection/workflows/connect-hub-connection"
import { backendUrlOf, callbackUrlOf } from "../../../../../support/backend-url"
import { runWorkflow } from "../../../../../support/run-workflow"
import type { AdminConnectHubConnectionType } from "../../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminConnectHubConnectionType>,
  res: MedusaResponse
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { id } = await requireConnection(sql, req.params.id ?? "")
  const result = await runWorkflow(
    connectHubConnectionWorkflow(req.scope).run({
      input: {
        connection_id: id,
        callback_url: callbackUrlOf(backendUrlOf(req, req.validatedBody.backend_url), id),
        requested_by: req.auth_context.actor_id,
      },
    })
  )
  wakeEngine(req.scope)
  res.status(202).json({ connection: result.connection, run: (await loadRun(sql, result.runId))?.run ?? null })
}
