import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadSavedViews, saveView } from "../../../../../engine/mapping/saved-views"
import type { HubSavedView } from "../../../../../types/http/mapping"
import type { AdminSaveHubViewType } from "../validators"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<{ views: HubSavedView[] }>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ views: await loadSavedViews(sql, req.auth_context.actor_id) })
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminSaveHubViewType>,
  res: MedusaResponse<{ view: HubSavedView }>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.status(201).json({ view: await saveView(sql, { userId: req.auth_context.actor_id, ...req.validatedBody }) })
}
