import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { loadRun } from "../../../../../../engine/queries/load-runs"
import { requestRun } from "../../../../../../engine/runs/request-run"
import { HubError } from "../../../../../../lib/errors"

/** Tries what failed in a run once more, as a run of its own. */
export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const id = req.params.id ?? ""
  const found = await loadRun(sql, id)
  if (!found) {
    throw new HubError({ kind: "not-found", message: `There is no run ${id}.` })
  }
  if (found.run.failed_count === 0) {
    throw new HubError({ kind: "conflict", message: `Nothing failed in run ${id}: there is nothing to try again.` })
  }
  const retryId = await requestRun(sql, {
    kind: "retry-failed",
    connectionId: found.run.connection_id,
    scope: { run_id: id },
    requestedBy: req.auth_context.actor_id,
  })
  wakeEngine(req.scope)
  res.status(202).json(await loadRun(sql, retryId))
}
