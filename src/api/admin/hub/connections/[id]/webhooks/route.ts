import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { describeWebhooks } from "../../../../../../engine/subscriptions/describe-webhooks"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  res.json({ webhooks: await describeWebhooks(req.scope, req.params.id ?? "") })
}
