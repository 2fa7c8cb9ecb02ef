import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadRun } from "../../../../../engine/queries/load-runs"
import { HubError } from "../../../../../lib/errors"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const found = await loadRun(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), req.params.id ?? "")
  if (!found) {
    throw new HubError({ kind: "not-found", message: `There is no run ${req.params.id ?? ""}.` })
  }
  res.json(found)
}
