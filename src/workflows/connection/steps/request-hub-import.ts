import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { markConnectionUnknown } from "../../../engine/mark"
import { requestRun } from "../../../engine/runs/request-run"

export interface RequestHubImportStepInput {
  readonly connection_id: string
  /** Who connects; shown with the run. */
  readonly requested_by: string
}

/**
 * This step asks for a run that reads every listing of the channel, and forgets what the channel accepted before: since then
 * anybody may have changed it. Class: reconverge.
 */
export const requestHubImportStep = createStep(
  { name: "request-hub-import", noCompensation: true },
  async (input: RequestHubImportStepInput, { container }) => {
    const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    await markConnectionUnknown(sql, input.connection_id)
    const runId = await requestRun(sql, {
      kind: "import-listings",
      connectionId: input.connection_id,
      scope: {},
      requestedBy: input.requested_by,
    })
    return new StepResponse(runId)
  }
)
