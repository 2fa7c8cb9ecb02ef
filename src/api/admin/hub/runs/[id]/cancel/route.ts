import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadRun } from "../../../../../../engine/queries/load-runs"
import { cancelRun } from "../../../../../../engine/runs/request-run"
import { HubError } from "../../../../../../lib/errors"

export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const id = req.params.id ?? ""
  const isAsked = await cancelRun(sql, id)
  const found = await loadRun(sql, id)
  if (!found) {
    throw new HubError({ kind: "not-found", message: `There is no run ${id}.` })
  }
  if (!isAsked) {
    throw new HubError({
      kind: "conflict",
      message: `Run ${id} has ended (${found.run.state}): there is nothing to cancel.`,
    })
  }
  res.json(found)
}
