import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadListingWhy } from "../../../../../../engine/queries/load-why"
import type { HubWhyResponse } from "../../../../../../types/http/hub"
import type { AdminGetHubListingWhyType } from "../../validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubListingWhyType>,
  res: MedusaResponse<HubWhyResponse>
): Promise<void> => {
  const { at, number_id: explanationId } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const moment = { ...(at === undefined ? {} : { at }), ...(explanationId === undefined ? {} : { explanationId }) }
  res.json({ why: await loadListingWhy(sql, req.params.id ?? "", moment) })
}
