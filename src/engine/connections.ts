import type { MedusaContainer } from "@medusajs/framework/types"
import { connectorRegistry } from "../connectors"
import type { ConnectorClient, ConnectorDefinition, ConnectorTraits } from "../connectors/define-connector"
import { parseOptions } from "../connectors/define-options"
import { createHttpClient } from "../http/http-client"
import { HubError } from "../lib/errors"
import type HubIntegrationConfigService from "../modules/integration-config/service"
import { HubModules } from "../types/modules"
import type { EngineOptions } from "../types/options"

/** Name of the credential that signs a connection's inbound webhooks. Not an option: the hub makes it itself. */
export const WEBHOOK_SECRET = "webhook_secret"

export interface OpenConnection {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly definition: ConnectorDefinition
  readonly traits: ConnectorTraits
  readonly client: ConnectorClient
}

export const integrationConfig = (container: MedusaContainer): HubIntegrationConfigService =>
  container.resolve<HubIntegrationConfigService>(HubModules.INTEGRATION_CONFIG)

/** Opens a client from settings that are complete but perhaps not stored yet: "test before save" uses the same code. */
export function openClient(
  connectorId: string,
  settings: Readonly<Record<string, unknown>>,
  engineOptions: EngineOptions
): { definition: ConnectorDefinition; traits: ConnectorTraits; client: ConnectorClient } {
  const definition = connectorRegistry().get(connectorId)
  const options = parseOptions(definition.options, settings)
  if (!options.ok) {
    throw new HubError(options.error)
  }
  const http = createHttpClient({
    baseUrl: definition.baseUrl(options.value),
    timeoutMs: engineOptions.request_timeout_ms,
  })
  return {
    definition,
    traits: definition.traits(options.value),
    client: definition.open({ options: options.value, http }),
  }
}

/** Opens the client of a stored connection, with its secrets decrypted in memory only. */
export async function openConnection(
  container: MedusaContainer,
  connectionId: string,
  engineOptions: EngineOptions
): Promise<OpenConnection> {
  const service = integrationConfig(container)
  const connection = await service.retrieveHubConnection(connectionId)
  const { [WEBHOOK_SECRET]: _webhookSecret, ...secrets } = await service.readSecrets(connectionId)
  return {
    id: connection.id,
    companyId: connection.company_id,
    name: connection.name,
    ...openClient(connection.connector_id, { ...connection.options, ...secrets }, engineOptions),
  }
}
