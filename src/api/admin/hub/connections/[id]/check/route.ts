import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { testConnection } from "../../../../../../engine/connection/test-connection"
import type { HubConnectionTestResponse } from "../../../../../../types/http/connection"
import type { AdminTestHubConnectionType } from "../../validators"

/** A refusal is an answer: 200 with `is_ok: false` and what the channel said. */
export const POST = async (
  req: AuthenticatedMedusaRequest<AdminTestHubConnectionType>,
  res: MedusaResponse<HubConnectionTestResponse>
): Promise<void> => {
  res.json(await testConnection(req.scope, req.params.id ?? "", req.validatedBody.settings))
}
