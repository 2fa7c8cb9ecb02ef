import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { requireConnection } from "../../../../../../engine/connection/describe-connection"
import { loadSnapshots } from "../../../../../../engine/queries/load-connection"
import type { HubSnapshot } from "../../../../../../types/http/connection"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<{ snapshots: HubSnapshot[] }>
): Promise<void> => {
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { id } = await requireConnection(sql, req.params.id ?? "")
  res.json({ snapshots: await loadSnapshots(sql, id) })
}
