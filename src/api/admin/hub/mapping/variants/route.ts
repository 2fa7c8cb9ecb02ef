import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { searchVariants } from "../../../../../engine/queries/load-mapping"
import type { HubVariantChoice } from "../../../../../types/http/mapping"
import type { AdminSearchHubVariantsType } from "../validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminSearchHubVariantsType>,
  res: MedusaResponse<{ variants: HubVariantChoice[] }>
): Promise<void> => {
  const { q, limit } = req.validatedQuery
  res.json({ variants: await searchVariants(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), q, limit) })
}
