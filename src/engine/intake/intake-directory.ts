import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { ConnectorDefinition, InboundContext, InboundRequest } from "../../connectors/define-connector"
import { toFailure, type HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import type { ChannelMessage } from "../../types/channel"
import type { ConnectionState } from "../../types/states"
import { resolveConfig, type StoredConfig } from "../connection/connection-config"
import { givenSettings, integrationConfig, valuesOf } from "../connections"
import { previousOf, secretValues, splitHubSecrets, WEBHOOK_SECRET } from "../hub-secrets"
import { registryOf } from "../registry"
import { query, type Sql } from "../sql"
import { SharedReload } from "./shared-reload"

/** Verifies a message with the secrets of its connection and reads it. */
export type Verify = (request: InboundRequest, now: Date) => Result<ChannelMessage, HubFailure>

/** A connection as its messages need it. */
export interface IntakeEntry {
  readonly id: string
  readonly companyId: string
  /** When the connection was changed last, in microseconds, as text. A message is only stored while this is still so. */
  readonly version: string
  /** Values that must not be seen in the log of deliveries. */
  readonly secrets: readonly string[]
  /** Fails while the connection takes no messages, and says why. */
  readonly verify: Result<Verify, HubFailure>
}

interface Row extends StoredConfig {
  readonly id: string
  readonly company_id: string
  readonly name: string
  readonly connector_id: string
  readonly state: ConnectionState
  readonly options: Readonly<Record<string, unknown>> | null
  readonly version: string
  readonly callback_url: string | null
  readonly has_previous: boolean
  readonly fingerprint: string
}

const DIRECTORY_SQL = `
  SELECT c.id, c.company_id, c.name, c.connector_id, c.state, c.options, c.allowed_operations, c.request_timeout_ms,
    c.most_attempts, c.daily_quota, c.error_mapping, (extract(epoch FROM c.updated_at) * 1000000)::bigint::text AS version,
    e.callback_url, COALESCE(e.previous_until > clock_timestamp(), FALSE) AS has_previous,
    COALESCE((SELECT string_agg(k.name || ':' || md5(k.ciphertext), ',' ORDER BY k.name) FROM hub_credential k
      WHERE k.connection_id = c.id AND k.deleted_at IS NULL), '') AS fingerprint
  FROM hub_connection c
  LEFT JOIN hub_webhook_endpoint e ON e.connection_id = c.id AND e.deleted_at IS NULL
  WHERE c.deleted_at IS NULL`

interface Known {
  readonly fingerprint: string
  readonly ring: unknown
  readonly entry: IntakeEntry
}

const unavailable: Result<never, HubFailure> = err({
  kind: "transient",
  // The reason is in our log. A stranger learns nothing of our set-up, and the channel tries again.
  message: "The message cannot be verified at the moment. Try again later.",
})

const refused = (message: string): Result<never, HubFailure> => err({ kind: "unsupported", message })

/** What may have signed: the present secrets, and those before them for as long as they are valid. */
function signingSecrets(
  definition: ConnectorDefinition,
  stored: Readonly<Record<string, unknown>>,
  hasPrevious: boolean
): readonly string[] {
  const names = definition.webhookSecretOptions ?? [WEBHOOK_SECRET]
  const all = hasPrevious ? [...names, ...names.map(previousOf)] : names
  return all.flatMap((name) => {
    const secret = stored[name]
    return typeof secret === "string" && secret !== "" ? [secret] : []
  })
}

/**
 * The connections of this shop, kept in memory, so that a message costs no query before it is stored and a guessed id none
 * at all: however many ask, the table is read a few times a second at most.
 */
export class IntakeDirectory {
  private known: ReadonlyMap<string, Known> = new Map()
  private readonly reload: SharedReload

  constructor(private readonly container: MedusaContainer) {
    this.reload = new SharedReload(() => this.load())
  }

  /** The connection as it was read last, which may be a second ago; null when there was none of this id. */
  async find(connectionId: string): Promise<IntakeEntry | null> {
    await this.reload.ifOlderThan(FRESH_MS)
    const known = this.known.get(connectionId)
    if (known?.ring === integrationConfig(this.container).keyRing) {
      return known.entry
    }
    return this.findAnew(connectionId)
  }

  /** The connection as it is now, for whoever has reason to think that it has changed. */
  async findAnew(connectionId: string): Promise<IntakeEntry | null> {
    await this.reload.now()
    return this.known.get(connectionId)?.entry ?? null
  }

  private async load(): Promise<void> {
    const sql: Sql = this.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const ring = integrationConfig(this.container).keyRing
    const rows = await query<Row>(sql, DIRECTORY_SQL)
    const next = new Map<string, Known>()
    for (const row of rows) {
      const fingerprint = `${row.version} ${row.callback_url} ${row.has_previous} ${row.fingerprint}`
      const before = this.known.get(row.id)
      const isSame = before?.fingerprint === fingerprint && before.ring === ring
      next.set(row.id, isSame ? before : { fingerprint, ring, entry: await this.toEntry(row) })
    }
    this.known = next
  }

  private async toEntry(row: Row): Promise<IntakeEntry> {
    const opened = await this.open(row)
    return {
      id: row.id,
      companyId: row.company_id,
      version: row.version,
      secrets: opened.ok ? opened.value.secrets : [],
      verify: opened.ok ? ok(opened.value.verify) : opened,
    }
  }

  private async open(row: Row): Promise<Result<{ secrets: readonly string[]; verify: Verify }, HubFailure>> {
    const registry = registryOf(this.container)
    if (!registry.has(row.connector_id)) {
      return refused(`Connection ${row.id} takes no messages.`)
    }
    try {
      const given = givenSettings(this.container, row)
      const definition = registry.get(row.connector_id)
      if (!resolveConfig(row, given).allowed.has("webhooks") || row.state === "disabled") {
        return refused(`Connection ${row.id} takes no messages.`)
      }
      const parseWebhook = definition.parseWebhook?.bind(definition)
      if (!parseWebhook) {
        return refused(`${row.connector_id} sends no webhooks.`)
      }
      const stored = await integrationConfig(this.container).readSecrets(row.id)
      const split = splitHubSecrets(stored)
      const settings = { ...row.options, ...stored, ...valuesOf(given) }
      const secrets = signingSecrets(definition, settings, row.has_previous)
      const options = Object.fromEntries(
        Object.entries(settings).filter(([name]) => definition.options[name]?.public ?? false)
      )
      const context: Omit<InboundContext, "now"> = { secrets, url: row.callback_url, options }
      return ok({
        secrets: [...Object.values(split.settings), ...secretValues(split.own)],
        verify: (request, now) => parseWebhook(request, { ...context, now }),
      })
    } catch (error) {
      const logger = this.container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      logger.error(`hub: webhooks of ${row.id} cannot be verified: ${toFailure(error).message}`)
      return unavailable
    }
  }
}

/** How old what we know of a connection may be. Whatever fails is looked up anew before it is refused. */
const FRESH_MS = 1_000
