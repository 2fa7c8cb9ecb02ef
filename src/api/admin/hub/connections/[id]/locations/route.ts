import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { loadLocationMapping, saveLocationMapping } from "../../../../../../engine/mapping/location-mapping"
import type { HubLocationChangesResponse, HubLocationMappingResponse } from "../../../../../../types/http/mapping"
import type { AdminSaveHubLocationsType } from "../../../mapping/validators"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubLocationMappingResponse>
): Promise<void> => {
  res.json(await loadLocationMapping(req.scope, req.params.id ?? ""))
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminSaveHubLocationsType>,
  res: MedusaResponse<HubLocationChangesResponse>
): Promise<void> => {
  const { mappings: pairs, dry_run: isDryRun } = req.validatedBody
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const changes = await saveLocationMapping(sql, req.params.id ?? "", { pairs, isDryRun })
  wakeEngine(req.scope)
  res.json({ is_dry_run: isDryRun, changes: [...changes] })
}
