import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { describeWebhooks } from "../../../../../../../engine/subscriptions/describe-webhooks"
import { rotateWebhookSecret } from "../../../../../../../engine/subscriptions/webhook-secret"

export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const id = req.params.id ?? ""
  await rotateWebhookSecret(req.scope, id, req.auth_context.actor_id)
  res.json({ webhooks: await describeWebhooks(req.scope, id) })
}
