import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { wakeEngine } from "../../../../../engine"
import type { ListingMapping } from "../../../../../engine/listings/update-mapping"
import { updateHubListingsWorkflow } from "../../../../../workflows/listing/workflows/update-hub-listings"
import type { AdminBatchHubListingsType } from "../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminBatchHubListingsType>,
  res: MedusaResponse<{ updated: string[] }>
): Promise<void> => {
  const listings = JSON.parse(JSON.stringify(req.validatedBody.update)) as ListingMapping[]
  const { result } = await updateHubListingsWorkflow(req.scope).run({ input: { listings } })
  wakeEngine(req.scope)
  res.json({ updated: result })
}
