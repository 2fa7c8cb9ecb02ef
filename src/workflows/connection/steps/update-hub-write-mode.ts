import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { integrationConfig } from "../../../engine/connections"
import { setWriteMode } from "../../../engine/snapshot/set-write-mode"
import type { WriteMode } from "../../../types/states"

export interface UpdateHubWriteModeStepInput {
  readonly connection_id: string
  readonly write_mode: WriteMode
  /** A user id. */
  readonly requested_by: string
}

/**
 * This step lets a connection write or stops it. What has gone out meanwhile stays; the mode goes back if it is still
 * ours. Class: restore-if-unchanged.
 */
export const updateHubWriteModeStep = createStep(
  "update-hub-write-mode",
  async (input: UpdateHubWriteModeStepInput, { container }) => {
    const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const before = await integrationConfig(container).retrieveHubConnection(input.connection_id)
    await setWriteMode(sql, input.connection_id, {
      mode: input.write_mode,
      requestedBy: input.requested_by,
    })
    const connection = await integrationConfig(container).retrieveHubConnection(input.connection_id)
    return new StepResponse(connection, { ...input, from: before.write_mode })
  },
  async (change, { container }) => {
    if (!change || change.from === change.write_mode) {
      return
    }
    const now = await integrationConfig(container).retrieveHubConnection(change.connection_id)
    if (now.write_mode === change.write_mode) {
      await setWriteMode(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), change.connection_id, {
        mode: change.from,
        requestedBy: null,
      })
    }
  }
)
