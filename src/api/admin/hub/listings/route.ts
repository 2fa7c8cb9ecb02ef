import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../engine"
import { createListing } from "../../../../engine/mapping/create-listing"
import { loadListings } from "../../../../engine/queries/load-listings"
import { loadListingDetail, loadMappingBatch } from "../../../../engine/queries/load-mapping"
import { HubError } from "../../../../lib/errors"
import type { HubListingsResponse } from "../../../../types/http/hub"
import type { HubListingDetail, HubMappingBatch } from "../../../../types/http/mapping"
import { toListingFilter, type AdminCreateHubListingType, type AdminGetHubListingsType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubListingsType>,
  res: MedusaResponse<HubListingsResponse>
): Promise<void> => {
  const { cursor, limit, ...filter } = req.validatedQuery
  const page = await loadListings(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), toListingFilter(filter), {
    cursor: cursor ?? null,
    limit,
  })
  res.json({ listings: page.listings, next_cursor: page.nextCursor })
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminCreateHubListingType>,
  res: MedusaResponse<{ listing: HubListingDetail; batch: HubMappingBatch | null }>
): Promise<void> => {
  const { publish, ...body } = req.validatedBody
  if (publish) {
    throw new HubError({
      kind: "unsupported",
      message:
        "No connector can create listings on its channel yet. Create it there, then note it here without publish.",
    })
  }
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { id, batchId } = await createListing(
    sql,
    {
      connectionId: body.connection_id,
      externalId: body.external_id,
      externalSku: body.external_sku,
      title: body.title,
      variantId: body.variant_id,
      packSize: body.pack_size,
    },
    req.auth_context.actor_id
  )
  wakeEngine(req.scope)
  res.status(201).json({ listing: await loadListingDetail(sql, id), batch: await loadMappingBatch(sql, batchId) })
}
