import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { wakeEngine } from "../../../../../../engine"
import { requireConnection } from "../../../../../../engine/connection/describe-connection"
import { releaseGuards } from "../../../../../../engine/guard/release-guards"

/** Lets out what the guards hold. */
export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { id } = await requireConnection(sql, req.params.id ?? "")
  const released = await releaseGuards(sql, id)
  wakeEngine(req.scope)
  res.json({ released })
}
