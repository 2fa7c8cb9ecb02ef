import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { loadQueue } from "../../../../engine/queries/load-queue"
import type { HubQueueResponse } from "../../../../types/http/insight"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse<HubQueueResponse>): Promise<void> => {
  res.json(await loadQueue(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)))
}
