import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../engine"
import { changeListings, type ListingAction, type Selection } from "../../../../../engine/mapping/change-listings"
import { loadMappingBatch } from "../../../../../engine/queries/load-mapping"
import type { HubMappingChangeResponse } from "../../../../../types/http/mapping"
import { toListingFilter } from "../../listings/validators"
import type { AdminBulkHubListingsType } from "../validators"

function toAction(body: AdminBulkHubListingsType): ListingAction {
  switch (body.action) {
    case "link":
      return { kind: "link", variantId: body.variant_id, packSize: body.pack_size }
    case "pack":
      return { kind: "pack", packSize: body.pack_size }
    case "accept":
      return { kind: "accept", minScore: body.min_score }
    default:
      return { kind: body.action }
  }
}

const toSelection = ({ ids, filter }: AdminBulkHubListingsType): Selection =>
  filter === undefined ? { ids: ids ?? [] } : { filter: toListingFilter(filter) }

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminBulkHubListingsType>,
  res: MedusaResponse<HubMappingChangeResponse>
): Promise<void> => {
  const body = req.validatedBody
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const report = await changeListings(
    sql,
    { action: toAction(body), selection: toSelection(body), requestedBy: req.auth_context.actor_id },
    { isDryRun: body.dry_run }
  )
  wakeEngine(req.scope)
  res.json({
    batch: await loadMappingBatch(sql, report.batchId),
    changed_count: report.changed.length,
    skipped: [...report.skipped],
  })
}
