import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadPreview } from "../../../../../../engine/queries/load-preview"
import { takeSnapshotOf } from "../../../../../../engine/snapshot/set-write-mode"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ preview: await loadPreview(sql, req.params.id ?? "") })
}

/** Reads the channel anew first. */
export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await takeSnapshotOf(req.scope, req.params.id ?? "", "preview")
  res.json({ preview: await loadPreview(sql, req.params.id ?? "") })
}
