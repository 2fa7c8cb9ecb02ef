import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { requireConnection } from "../../../../../../engine/connection/describe-connection"
import { listStoredSecrets, replaceSecrets, type StoredSecret } from "../../../../../../engine/keys/replace-secrets"
import type { AdminReplaceHubCredentialsType } from "../../validators"

type Answer = MedusaResponse<{ credentials: StoredSecret[] }>

/** Secrets go in and never come out: names and dates are all that is answered. */
export const GET = async (req: AuthenticatedMedusaRequest, res: Answer): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { id } = await requireConnection(sql, req.params.id ?? "")
  res.json({ credentials: await listStoredSecrets(req.scope, id) })
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminReplaceHubCredentialsType>,
  res: Answer
): Promise<void> => {
  const id = req.params.id ?? ""
  const { secrets, replace_unreadable: replaceUnreadable } = req.validatedBody
  await replaceSecrets(req.scope, id, {
    secrets,
    replaceUnreadable,
    requestedBy: req.auth_context.actor_id,
  })
  wakeEngine(req.scope)
  res.json({ credentials: await listStoredSecrets(req.scope, id) })
}
