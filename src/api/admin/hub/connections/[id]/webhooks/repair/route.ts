import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { describeWebhooks } from "../../../../../../../engine/subscriptions/describe-webhooks"
import { repairByHand } from "../../../../../../../engine/subscriptions/repair-subscriptions"

export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const id = req.params.id ?? ""
  await repairByHand(req.scope, id)
  res.json({ webhooks: await describeWebhooks(req.scope, id) })
}
