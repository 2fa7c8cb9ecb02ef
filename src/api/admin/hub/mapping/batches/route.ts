import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadMappingBatches } from "../../../../../engine/queries/load-mapping"
import type { HubMappingBatch } from "../../../../../types/http/mapping"
import type { AdminGetHubMappingBatchesType } from "../validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubMappingBatchesType>,
  res: MedusaResponse<{ batches: HubMappingBatch[]; next_cursor: string | null }>
): Promise<void> => {
  const { cursor = null, limit } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const batches = await loadMappingBatches(sql, { cursor, limit })
  res.json({ batches, next_cursor: batches.length === limit ? (batches.at(-1)?.id ?? null) : null })
}
