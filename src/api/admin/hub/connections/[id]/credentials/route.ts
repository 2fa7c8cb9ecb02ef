import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { wakeEngine } from "../../../../../../engine"
import { listStoredSecrets, replaceSecrets, type StoredSecret } from "../../../../../../engine/keys/replace-secrets"
import type { AdminReplaceHubCredentialsType } from "../../validators"

type Answer = MedusaResponse<{ credentials: StoredSecret[] }>

/** Secrets go in and never come out: names and dates are all that is answered. */
export const GET = async (req: AuthenticatedMedusaRequest, res: Answer): Promise<void> => {
  res.json({ credentials: await listStoredSecrets(req.scope, req.params.id ?? "") })
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminReplaceHubCredentialsType>,
  res: Answer
): Promise<void> => {
  const id = req.params.id ?? ""
  const { secrets, replace_unreadable: replaceUnreadable } = req.validatedBody
  await replaceSecrets(req.scope, id, { secrets, replaceUnreadable })
  wakeEngine(req.scope)
  res.json({ credentials: await listStoredSecrets(req.scope, id) })
}
