import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { loadHealth } from "../../../../engine/health"
import type { HubHealthResponse } from "../../../../types/http/hub"

/** Answers 200 whatever is wrong: the question was answered. The status says how the hub stands. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse<HubHealthResponse>): Promise<void> => {
  res.json(await loadHealth(req.scope))
}
