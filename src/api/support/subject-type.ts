import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import type { HubSubjectType } from "../../types/access"

/** Whether a person or a key asks. */
export const subjectTypeOf = (req: AuthenticatedMedusaRequest): HubSubjectType =>
  req.auth_context.actor_type === "api-key" ? "api-key" : "user"
