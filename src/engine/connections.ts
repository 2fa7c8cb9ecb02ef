import type { MedusaContainer } from "@medusajs/framework/types"
import type { ConnectorClient, ConnectorDefinition, ConnectorTraits } from "../connectors/define-connector"
import { parseOptions, splitSecrets, type OptionsDescriptor } from "../connectors/define-options"
import { HubError } from "../lib/errors"
import { givenFor, type Given, type SettingForm } from "../lib/given-settings"
import type { LimitDeclaration } from "../types/limits"
import type { HttpClient } from "../types/http-port"
import { FREE_CONFIG, resolveConfig, type ConnectionConfig } from "./connection/connection-config"
import { restrictClient } from "./connection/restrict-client"
import { secretValues, splitHubSecrets, WEBHOOK_SECRET } from "./hub-secrets"
import { integrationConfig } from "./integration-config"
import type { TokenSettings } from "./oauth/ask-tokens"
import { LentTokens, PassingTokens, StoredTokens } from "./oauth/stored-tokens"
import { TokenStore, type TokenOwner } from "./oauth/token-store"
import { withTokens, type TokenSource } from "./oauth/token-source"
import type { ExchangeOwner } from "./outbound/exchange-writer"
import { outboundOf } from "./outbound/outbound"
import { registryOf } from "./registry"

export { integrationConfig, WEBHOOK_SECRET }

export interface OpenConnection {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly definition: ConnectorDefinition
  readonly traits: ConnectorTraits
  /** Has only what the connection is allowed to do. */
  readonly client: ConnectorClient
  /** Null where the channel hands out no tokens. */
  readonly tokens: TokenSource | null
  /** Everything that the channel has to send us, by its own names. Empty where they are not known. */
  readonly webhookTopics: readonly string[]
  readonly config: ConnectionConfig
}

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
  /** The connection whose tokens are used where the channel hands out tokens. Absent for one that does not exist yet. */
  readonly tokens?: TokensOf
}

/** Whose tokens a client uses. */
export interface TokensOf extends TokenOwner {
  readonly name: string
  /** Settings that are only tried out renew nothing. */
  readonly isLent: boolean
}

/** Where a client gets its tokens from; null when its channel hands out none. */
function tokenSource(
  container: MedusaContainer,
  settings: Omit<TokenSettings, "oauth">,
  tokens: TokensOf | undefined
): TokenSource | null {
  const { definition, options } = settings
  const { oauth } = definition
  const grant = oauth?.grant(options) ?? null
  if (!oauth || grant === null) {
    return null
  }
  const outbound = outboundOf(container)
  const name = tokens?.name ?? "The connection"
  if (tokens && !tokens.isLent) {
    const store = new TokenStore(container, tokens)
    return new StoredTokens({ store, settings: { ...settings, oauth }, name, outbound })
  }
  return grant === "client-credentials"
    ? new PassingTokens(outbound, { ...settings, oauth })
    : new LentTokens(tokens ? new TokenStore(container, tokens) : NO_TOKENS, name)
}

const NO_TOKENS: Pick<TokenStore, "read"> = { read: () => Promise.resolve(null) }

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
  { connectorId, settings, owner, otherSecrets = [], config = FREE_CONFIG, timeoutMs, tokens }: ClientSettings
): {
  definition: ConnectorDefinition
  traits: ConnectorTraits
  client: ConnectorClient
  tokens: TokenSource | null
  webhookTopics: readonly string[]
} {
  const definition = registryOf(container).get(connectorId)
  const options = parseOptions(definition.options, settings)
  if (!options.ok) {
    throw new HubError(options.error)
  }
  const { secrets } = splitSecrets(definition.options, options.value)
  const hidden = [...Object.values(secrets), ...otherSecrets]
  const limits = [...(definition.limits?.(options.value) ?? []), ...quotaOf(config)]
  const plain: HttpClient = outboundOf(container).open(owner, {
    baseUrl: definition.baseUrl(options.value),
    secrets: hidden,
    limits,
    readUsage: definition.readUsage,
    timeoutMs: timeoutMs ?? config.requestTimeoutMs,
  })
  const source = tokenSource(container, { definition, options: options.value, owner, secrets: hidden, limits }, tokens)
  const http = source && definition.oauth ? withTokens(plain, definition.oauth, source) : plain
  return {
    definition,
    traits: definition.traits(options.value),
    client: restrictClient(definition.open({ options: options.value, http }), config),
    tokens: source,
    webhookTopics: definition.webhookTopics?.(options.value) ?? [],
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
  const { settings: secrets, own } = splitHubSecrets(await service.readSecrets(connectionId))
  const { id, company_id: companyId, name, connector_id: connectorId } = connection
  const given = givenSettings(container, connection)
  const config = resolveConfig(connection, given)
  const opened = openClient(container, {
    connectorId,
    settings: { ...connection.options, ...secrets, ...valuesOf(given) },
    owner: { connectionId: id, companyId },
    otherSecrets: secretValues(own),
    config,
    tokens: { connectionId: id, companyId, name, isLent: false },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  return { id, companyId, name, config, ...opened }
}
