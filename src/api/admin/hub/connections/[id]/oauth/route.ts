import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { describeOAuth } from "../../../../../../engine/oauth/describe-oauth"
import { backendUrlOf, redirectUriOf } from "../../../../../support/backend-url"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  res.json({ oauth: await describeOAuth(req.scope, req.params.id ?? "", redirectUriOf(backendUrlOf(req))) })
}
