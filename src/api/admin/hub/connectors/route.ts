import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listConnectors } from "../../../../engine/connection/list-connectors"
import type { HubConnectorsResponse } from "../../../../types/http/connection"

export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubConnectorsResponse>
): Promise<void> => {
  res.json({ connectors: await listConnectors(req.scope) })
}
