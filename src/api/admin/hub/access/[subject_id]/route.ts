import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { grantAccess } from "../../../../../engine/access/grants"
import { HubError } from "../../../../../lib/errors"
import type { HubAccessGrantResponse } from "../../../../../types/http/access"
import { accessOf } from "../../../../support/check-access"
import { subjectTypeOf } from "../../../../support/subject-type"
import type { AdminGrantHubAccessType } from "../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminGrantHubAccessType>,
  res: MedusaResponse<HubAccessGrantResponse>
): Promise<void> => {
  const { mode } = await accessOf(req)
  if (mode === "medusa-rbac") {
    throw new HubError({
      kind: "conflict",
      message: "Medusa's RBAC decides here: give the person a role with policies of the resource hub instead.",
    })
  }
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const subject = await grantAccess(sql, {
    subject: req.params.subject_id ?? "",
    preset: req.validatedBody.preset,
    actor: { id: req.auth_context.actor_id, type: subjectTypeOf(req) },
  })
  res.json({ subject })
}
