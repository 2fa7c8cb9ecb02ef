import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../engine"
import { describeConnection } from "../../../../../engine/connection/describe-connection"
import { deleteDraft } from "../../../../../engine/connection/leave-connection"
import { updateConnection } from "../../../../../engine/connection/update-connection"
import type { HubConnectionResponse } from "../../../../../types/http/connection"
import type { AdminUpdateHubConnectionType } from "../validators"

type Answer = MedusaResponse<HubConnectionResponse>

export const GET = async (req: AuthenticatedMedusaRequest, res: Answer): Promise<void> => {
  res.json({ connection: await describeConnection(req.scope, req.params.id ?? "") })
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminUpdateHubConnectionType>,
  res: Answer
): Promise<void> => {
  const id = req.params.id ?? ""
  await updateConnection(req.scope, id, { update: req.validatedBody, requestedBy: req.auth_context.actor_id })
  wakeEngine(req.scope)
  res.json({ connection: await describeConnection(req.scope, id) })
}

export const DELETE = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<{ id: string; deleted: true }>
): Promise<void> => {
  const id = req.params.id ?? ""
  await deleteDraft(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), id)
  res.json({ id, deleted: true })
}
