import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { requestRun } from "../../../engine/runs/request-run"

export interface RequestHubGoLiveStepInput {
  readonly connection_id: string
  readonly requested_by: string
}

/** This step asks for a run that keeps what the channel shows and then lets the connection write. Class: reconverge. */
export const requestHubGoLiveStep = createStep(
  { name: "request-hub-go-live", noCompensation: true },
  async (input: RequestHubGoLiveStepInput, { container }) =>
    new StepResponse(
      await requestRun(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), {
        kind: "go-live",
        connectionId: input.connection_id,
        scope: {},
        requestedBy: input.requested_by,
      })
    )
)
