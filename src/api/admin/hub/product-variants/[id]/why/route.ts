import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadWhy } from "../../../../../../engine/queries/load-why"
import type { HubWhyResponse } from "../../../../../../types/http/hub"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse<HubWhyResponse>): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ why: await loadWhy(sql, { variantId: req.params.id ?? "" }) })
}
