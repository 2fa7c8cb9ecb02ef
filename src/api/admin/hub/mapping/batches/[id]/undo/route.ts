import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../../engine"
import { undoBatch } from "../../../../../../../engine/mapping/undo-batch"
import { loadMappingBatch } from "../../../../../../../engine/queries/load-mapping"
import type { HubMappingUndoResponse } from "../../../../../../../types/http/mapping"

export const POST = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubMappingUndoResponse>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const id = req.params.id ?? ""
  const report = await undoBatch(sql, id, req.auth_context.actor_id)
  wakeEngine(req.scope)
  res.json({
    batch: await loadMappingBatch(sql, id),
    undone_count: report.undoneCount,
    left_count: report.leftCount,
    left: [...report.left],
  })
}
