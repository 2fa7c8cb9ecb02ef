import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { loadRun } from "../../../../../../engine/queries/load-runs"
import { connectHubConnectionWorkflow } from "../../../../../../workflows/connection/workflows/connect-hub-connection"
import type { AdminConnectHubConnectionType } from "../../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminConnectHubConnectionType>,
  res: MedusaResponse
): Promise<void> => {
  const id = req.params.id ?? ""
  const backendUrl = req.validatedBody.backend_url ?? `${req.protocol}://${req.get("host") ?? "localhost"}`
  const { result } = await connectHubConnectionWorkflow(req.scope).run({
    input: {
      connection_id: id,
      callback_url: new URL(`/hooks/hub/${id}`, backendUrl).href,
      requested_by: req.auth_context.actor_id,
    },
  })
  wakeEngine(req.scope)
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.status(202).json({ connection: result.connection, run: (await loadRun(sql, result.runId))?.run ?? null })
}
