import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { wakeEngine } from "../../../../../../engine"
import { connectHubConnectionWorkflow } from "../../../../../../workflows/connection/workflows/connect-hub-connection"
import type { AdminConnectHubConnectionType } from "../../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminConnectHubConnectionType>,
  res: MedusaResponse
): Promise<void> => {
  const id = req.params.id ?? ""
  const backendUrl = req.validatedBody.backend_url ?? `${req.protocol}://${req.get("host") ?? "localhost"}`
  const { result: connection } = await connectHubConnectionWorkflow(req.scope).run({
    input: { connection_id: id, callback_url: new URL(`/hooks/hub/${id}`, backendUrl).href },
  })
  wakeEngine(req.scope)
  res.json({ connection })
}
