import type { MedusaContainer } from "@medusajs/framework/types"
import { HubError } from "../../lib/errors"
import { RUNNING_CONNECTION_STATES } from "../../types/states"
import { givenSettings, integrationConfig } from "../connections"
import { resolveConfig } from "./connection-config"

/**
 * Whether a connection may be let write to its channel. Throws `conflict` in words when it is not allowed to write stock, or is in
 * a state in which nothing of it runs.
 */
export async function assertMayGoLive(container: MedusaContainer, connectionId: string): Promise<void> {
  const connection = await integrationConfig(container).retrieveHubConnection(connectionId)
  const { allowed } = resolveConfig(connection, givenSettings(container, connection))
  if (!allowed.has("write-stock")) {
    throw new HubError({
      kind: "conflict",
      message: `${connection.name} is not allowed to write stock, so it cannot go live. Allow it in its settings.`,
    })
  }
  if (!RUNNING_CONNECTION_STATES.some((state) => state === connection.state)) {
    throw new HubError({
      kind: "conflict",
      message: `${connection.name} is ${connection.state}; only one that is connected or degraded can go live.`,
    })
  }
}
