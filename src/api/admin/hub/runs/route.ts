import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../engine"
import { loadRun, loadRuns } from "../../../../engine/queries/load-runs"
import { requestRun } from "../../../../engine/runs/request-run"
import type { AdminCreateHubRunType, AdminGetHubRunsType } from "./validators"

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubRunsType>,
  res: MedusaResponse
): Promise<void> => {
  const { connection_id: connectionId = null, kind = null, state = null, cursor = null, limit } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const runs = await loadRuns(sql, { connectionId, kind, state, cursor, limit })
  res.json({ runs, next_cursor: runs.length === limit ? (runs.at(-1)?.id ?? null) : null })
}

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminCreateHubRunType>,
  res: MedusaResponse
): Promise<void> => {
  const { kind, connection_id: connectionId, scope } = req.validatedBody
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const id = await requestRun(sql, { kind, connectionId, scope, requestedBy: req.auth_context.actor_id })
  wakeEngine(req.scope)
  res.status(202).json(await loadRun(sql, id))
}
