import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { wakeEngine } from "../../../../../../engine"
import { describeConnection } from "../../../../../../engine/connection/describe-connection"
import { moveByHand } from "../../../../../../engine/connection/leave-connection"
import type { HubConnectionResponse } from "../../../../../../types/http/connection"
import type { AdminMoveHubConnectionType } from "../../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminMoveHubConnectionType>,
  res: MedusaResponse<HubConnectionResponse>
): Promise<void> => {
  const id = req.params.id ?? ""
  await moveByHand(req.scope, id, { ...req.validatedBody, requestedBy: req.auth_context.actor_id })
  wakeEngine(req.scope)
  res.json({ connection: await describeConnection(req.scope, id) })
}
