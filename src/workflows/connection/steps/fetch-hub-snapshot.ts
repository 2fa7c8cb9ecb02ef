import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { ensureSnapshot } from "../../../engine/snapshot/set-write-mode"

export interface FetchHubSnapshotStepInput {
  readonly connection_id: string
}

/**
 * This step keeps what the channel shows, unless that has been done before, so that it can be put back. Reading changes
 * nothing. Class: none.
 */
export const fetchHubSnapshotStep = createStep(
  "fetch-hub-snapshot",
  async (input: FetchHubSnapshotStepInput, { container }) =>
    new StepResponse(await ensureSnapshot(container, input.connection_id))
)
