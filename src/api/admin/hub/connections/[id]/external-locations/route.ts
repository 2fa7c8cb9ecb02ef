import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { loadExternalLocations } from "../../../../../../engine/connection/load-external-locations"
import type { HubExternalLocationsResponse } from "../../../../../../types/http/connection"

/** Asks the channel itself. */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<HubExternalLocationsResponse>
): Promise<void> => {
  res.json({ locations: await loadExternalLocations(req.scope, req.params.id ?? "") })
}
