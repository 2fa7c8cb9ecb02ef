import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { releaseGuards } from "../../../../../../engine/guard/release-guards"

/** Lets out what the guards hold. */
export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const released = await releaseGuards(sql, req.params.id ?? "")
  wakeEngine(req.scope)
  res.json({ released })
}
