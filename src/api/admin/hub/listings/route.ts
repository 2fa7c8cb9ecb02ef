import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadListings } from "../../../../engine/queries/load-listings"
import type { HubListingsResponse } from "../../../../types/http/hub"
import type { AdminGetHubListingsType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubListingsType>,
  res: MedusaResponse<HubListingsResponse>
): Promise<void> => {
  const { connection_id: connectionId, state, q, cursor, limit } = req.validatedQuery
  const listings = await loadListings(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), {
    connectionId: connectionId ?? null,
    state: state ?? null,
    search: q ?? null,
    cursor: cursor ?? null,
    limit,
  })
  const last = listings.length === limit ? listings.at(-1) : undefined
  res.json({ listings, next_cursor: last?.id ?? null })
}
