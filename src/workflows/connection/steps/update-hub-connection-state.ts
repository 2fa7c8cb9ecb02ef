import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { moveConnectionTo, moveIfPossible, stateOf } from "../../../engine/move-connection"
import { RUNNING_CONNECTION_STATES, type ConnectionState } from "../../../types/states"

export interface UpdateHubConnectionStateStepInput {
  readonly connection_id: string
  readonly event: "begin-connecting" | "connected"
  /** A user id. */
  readonly requested_by: string | null
}

const isRunning = (state: ConnectionState): boolean => RUNNING_CONNECTION_STATES.some((running) => running === state)

/**
 * This step moves a connection on while it is being connected. One that runs already stays as it is: connecting it again only
 * reads it anew. Class: restore-if-unchanged.
 */
export const updateHubConnectionStateStep = createStep(
  "update-hub-connection-state",
  async (
    { connection_id: connectionId, event, requested_by: requestedBy }: UpdateHubConnectionStateStepInput,
    { container }
  ) => {
    const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    if (isRunning(await stateOf(sql, connectionId))) {
      return new StepResponse(connectionId, null)
    }
    await moveConnectionTo(sql, { connectionId, event, reason: null, requestedBy })
    return new StepResponse(connectionId, event === "begin-connecting" ? connectionId : null)
  },
  async (connectionId, { container }) => {
    if (!connectionId) {
      return
    }
    await moveIfPossible(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), {
      connectionId,
      event: "connecting-failed",
      reason: null,
      requestedBy: null,
    })
  }
)
