import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { integrationConfig } from "../../../../../../engine/connections"
import { loadPreview } from "../../../../../../engine/queries/load-preview"
import { loadRun } from "../../../../../../engine/queries/load-runs"
import { requestRun } from "../../../../../../engine/runs/request-run"

/** Null before the first snapshot. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const { id } = await integrationConfig(req.scope).retrieveHubConnection(req.params.id ?? "")
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  res.json({ preview: await loadPreview(sql, id) })
}

/** Reads the channel anew: the preview compares with it once the run has ended. */
export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const { id } = await integrationConfig(req.scope).retrieveHubConnection(req.params.id ?? "")
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const runId = await requestRun(sql, {
    kind: "take-snapshot",
    connectionId: id,
    scope: {},
    requestedBy: req.auth_context.actor_id,
  })
  wakeEngine(req.scope)
  res.status(202).json({ run: (await loadRun(sql, runId))?.run ?? null })
}
