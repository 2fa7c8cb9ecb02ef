import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { integrationConfig } from "../../../engine/connections"
import type { ConnectionState } from "../../../types/states"

export interface UpdateHubConnectionStateStepInput {
  readonly connection_id: string
  readonly state: ConnectionState
}

/** This step moves a connection to another state. Class: restore-if-unchanged. */
export const updateHubConnectionStateStep = createStep(
  "update-hub-connection-state",
  async (input: UpdateHubConnectionStateStepInput, { container }) => {
    const service = integrationConfig(container)
    const before = await service.retrieveHubConnection(input.connection_id)
    const [connection] = await service.updateHubConnections([
      {
        id: input.connection_id,
        state: input.state,
        state_reason: null,
        ...(input.state === "connected" && !before.connected_at ? { connected_at: new Date() } : {}),
      },
    ])
    return new StepResponse(connection, { id: input.connection_id, from: before.state, to: input.state })
  },
  async (change, { container }) => {
    if (!change) {
      return
    }
    const service = integrationConfig(container)
    const now = await service.retrieveHubConnection(change.id)
    if (now.state === change.to) {
      await service.updateHubConnections([{ id: change.id, state: change.from }])
    }
  }
)
