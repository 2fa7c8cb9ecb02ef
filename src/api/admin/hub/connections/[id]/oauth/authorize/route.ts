import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { beginAuthorisation } from "../../../../../../../engine/oauth/authorise"
import { backendUrlOf, redirectUriOf } from "../../../../../../support/backend-url"
import type { AdminAuthorizeHubConnectionType } from "../../../validators"

/** Only back to where the person came from: an address elsewhere would make a stranger's page look like ours. */
function returnTo(req: AuthenticatedMedusaRequest<AdminAuthorizeHubConnectionType>): string | null {
  const { return_to: wanted } = req.validatedBody
  if (wanted === undefined) {
    return null
  }
  const { origin } = new URL(wanted)
  return [req.get("origin"), new URL(backendUrlOf(req)).origin].includes(origin) ? wanted : null
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminAuthorizeHubConnectionType>,
  res: MedusaResponse
): Promise<void> => {
  const url = await beginAuthorisation(req.scope, req.params.id ?? "", {
    redirectUri: redirectUriOf(backendUrlOf(req, req.validatedBody.backend_url)),
    returnTo: returnTo(req),
    requestedBy: req.auth_context.actor_id,
  })
  res.json({ url })
}
