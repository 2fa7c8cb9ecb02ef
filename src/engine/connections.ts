import type { MedusaContainer } from "@medusajs/framework/types"
import type { ConnectorClient, ConnectorDefinition, ConnectorTraits } from "../connectors/define-connector"
import { parseOptions, splitSecrets, type OptionsDescriptor } from "../connectors/define-options"
import { HubError } from "../lib/errors"
import type HubIntegrationConfigService from "../modules/integration-config/service"
import { givenFor, type Given, type SettingForm } from "../lib/given-settings"
import type { LimitDeclaration } from "../types/limits"
import { HubModules } from "../types/modules"
import { FREE_CONFIG, resolveConfig, type ConnectionConfig } from "./connection/connection-config"
import { restrictClient } from "./connection/restrict-client"
import type { ExchangeOwner } from "./outbound/exchange-writer"
import { outboundOf } from "./outbound/outbound"
import { registryOf } from "./registry"

/** Name of the credential that signs a connection's inbound webhooks. Not an option: the hub makes it itself. */
export const WEBHOOK_SECRET = "webhook_secret"

export interface OpenConnection {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly definition: ConnectorDefinition
  readonly traits: ConnectorTraits
  /** Has only what the connection is allowed to do. */
  readonly client: ConnectorClient
  readonly config: ConnectionConfig
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
  readonly config?: ConnectionConfig
  /** Longest time of one request, in milliseconds; the connection's or the engine's own unless given. */
  readonly timeoutMs?: number
}

/** Beside what the connector declares: a merchant may want to leave some of the channel's quota to others. */
const quotaOf = ({ dailyQuota }: ConnectionConfig): readonly LimitDeclaration[] =>
  dailyQuota === null ? [] : [{ kind: "daily-quota", name: "own-quota", perDay: dailyQuota, resetOffsetMinutes: 0 }]

const formOf = (type: OptionsDescriptor[string]["type"]): SettingForm =>
  type === "number" || type === "boolean" ? type : "text"

/** What code and environment give a connection. */
export function givenSettings(
  container: MedusaContainer,
  connection: { readonly id: string; readonly name: string; readonly connector_id: string }
): Given {
  const { givenConnections, environment } = integrationConfig(container)
  const registry = registryOf(container)
  const options = registry.has(connection.connector_id) ? registry.get(connection.connector_id).options : {}
  const forms = Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, formOf(type)]))
  return givenFor(connection, { code: givenConnections, environment }, forms)
}

export const valuesOf = (given: Given): Record<string, unknown> =>
  Object.fromEntries([...given.settings].map(([name, { value }]) => [name, value]))

/** Opens a client: "test before save" uses the same code as the engine. */
export function openClient(
  container: MedusaContainer,
  { connectorId, settings, owner, otherSecrets = [], config = FREE_CONFIG, timeoutMs }: ClientSettings
): { definition: ConnectorDefinition; traits: ConnectorTraits; client: ConnectorClient } {
  const definition = registryOf(container).get(connectorId)
  const options = parseOptions(definition.options, settings)
  if (!options.ok) {
    throw new HubError(options.error)
  }
  const { secrets } = splitSecrets(definition.options, options.value)
  const http = outboundOf(container).open(owner, {
    baseUrl: definition.baseUrl(options.value),
    secrets: [...Object.values(secrets), ...otherSecrets],
    limits: [...(definition.limits?.(options.value) ?? []), ...quotaOf(config)],
    readUsage: definition.readUsage,
    timeoutMs: timeoutMs ?? config.requestTimeoutMs,
  })
  return {
    definition,
    traits: definition.traits(options.value),
    client: restrictClient(definition.open({ options: options.value, http }), config),
  }
}

/** Opens the client of a stored connection, with its secrets decrypted in memory only. */
export async function openConnection(
  container: MedusaContainer,
  connectionId: string,
  { timeoutMs }: { readonly timeoutMs?: number } = {}
): Promise<OpenConnection> {
  const service = integrationConfig(container)
  const connection = await service.retrieveHubConnection(connectionId)
  const { [WEBHOOK_SECRET]: webhookSecret, ...secrets } = await service.readSecrets(connectionId)
  const { id, company_id: companyId, name, connector_id: connectorId } = connection
  const given = givenSettings(container, connection)
  const config = resolveConfig(connection, given)
  const opened = openClient(container, {
    connectorId,
    settings: { ...connection.options, ...secrets, ...valuesOf(given) },
    owner: { connectionId: id, companyId },
    otherSecrets: webhookSecret === undefined ? [] : [webhookSecret],
    config,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  return { id, companyId, name, config, ...opened }
}
