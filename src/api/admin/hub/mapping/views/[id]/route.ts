import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { removeView } from "../../../../../../engine/mapping/saved-views"

export const DELETE = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<{ id: string; deleted: true }>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const id = req.params.id ?? ""
  await removeView(sql, req.auth_context.actor_id, id)
  res.json({ id, deleted: true })
}
