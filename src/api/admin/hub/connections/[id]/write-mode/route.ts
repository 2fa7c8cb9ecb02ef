import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { wakeEngine } from "../../../../../../engine"
import { updateHubWriteModeWorkflow } from "../../../../../../workflows/connection/workflows/update-hub-write-mode"
import type { AdminUpdateHubWriteModeType } from "../../validators"

export const POST = async (
  req: AuthenticatedMedusaRequest<AdminUpdateHubWriteModeType>,
  res: MedusaResponse
): Promise<void> => {
  const { result } = await updateHubWriteModeWorkflow(req.scope).run({
    input: { connection_id: req.params.id ?? "", write_mode: req.validatedBody.write_mode },
  })
  wakeEngine(req.scope)
  res.json(result)
}
