import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { describeInbound } from "../../../../../engine/inbound/describe-inbound"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  res.json({ message: await describeInbound(req.scope, req.params.id ?? "") })
}
