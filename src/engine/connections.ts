import type { MedusaContainer } from "@medusajs/framework/types"
import { connectorRegistry } from "../connectors"
import type { ConnectorClient, ConnectorDefinition, ConnectorTraits } from "../connectors/define-connector"
import { parseOptions, splitSecrets } from "../connectors/define-options"
import { HubError } from "../lib/errors"
import type HubIntegrationConfigService from "../modules/integration-config/service"
import { HubModules } from "../types/modules"
import type { ExchangeOwner } from "./outbound/exchange-writer"
import { outboundOf } from "./outbound/outbound"

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

/** What a client is opened with: settings that are complete but perhaps not stored yet. */
export interface ClientSettings {
  readonly connectorId: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Null as long as nothing is stored. */
  readonly owner: ExchangeOwner | null
  /** Secrets of the connection that are no settings. They must not be seen in the log either. */
  readonly otherSecrets?: readonly string[]
}

/** Opens a client: "test before save" uses the same code as the engine. */
export function openClient(
  container: MedusaContainer,
  { connectorId, settings, owner, otherSecrets = [] }: ClientSettings
): { definition: ConnectorDefinition; traits: ConnectorTraits; client: ConnectorClient } {
  const definition = connectorRegistry().get(connectorId)
  const options = parseOptions(definition.options, settings)
  if (!options.ok) {
    throw new HubError(options.error)
  }
  const { secrets } = splitSecrets(definition.options, options.value)
  const http = outboundOf(container).open(owner, {
    baseUrl: definition.baseUrl(options.value),
    secrets: [...Object.values(secrets), ...otherSecrets],
    limits: definition.limits?.(options.value) ?? [],
    readUsage: definition.readUsage,
  })
  return {
    definition,
    traits: definition.traits(options.value),
    client: definition.open({ options: options.value, http }),
  }
}

/** Opens the client of a stored connection, with its secrets decrypted in memory only. */
export async function openConnection(container: MedusaContainer, connectionId: string): Promise<OpenConnection> {
  const service = integrationConfig(container)
  const connection = await service.retrieveHubConnection(connectionId)
  const { [WEBHOOK_SECRET]: webhookSecret, ...secrets } = await service.readSecrets(connectionId)
  const { id, company_id: companyId, name, connector_id: connectorId } = connection
  const opened = openClient(container, {
    connectorId,
    settings: { ...connection.options, ...secrets },
    owner: { connectionId: id, companyId },
    otherSecrets: webhookSecret === undefined ? [] : [webhookSecret],
  })
  return { id, companyId, name, ...opened }
}
