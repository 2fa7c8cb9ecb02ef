import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { importMappingCsv, previewMappingCsv } from "../../../../../../engine/mapping/mapping-csv"
import { loadMappingBatch } from "../../../../../../engine/queries/load-mapping"
import type { HubCsvImportResponse } from "../../../../../../types/http/mapping"
import type { AdminImportHubMappingType } from "../../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminImportHubMappingType>,
  res: MedusaResponse<HubCsvImportResponse>
): Promise<void> => {
  const { csv: text, file_name: fileName, dry_run: isDryRun, all_or_nothing: allOrNothing } = req.validatedBody
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (isDryRun) {
    res.json({ preview: await previewMappingCsv(sql, text), batch: null })
    return
  }
  const requestedBy = req.auth_context.actor_id
  const { preview, batchId } = await importMappingCsv(sql, { text, fileName, allOrNothing, requestedBy })
  wakeEngine(req.scope)
  res.json({ preview, batch: await loadMappingBatch(sql, batchId) })
}
