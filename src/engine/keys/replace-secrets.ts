import { randomBytes } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import { testSettings } from "../connect"
import { integrationConfig, WEBHOOK_SECRET } from "../connections"
import { recordChange } from "../connection/record-change"
import { resolveIssues } from "../issues"
import { moveIfPossible } from "../move-connection"
import { registryOf } from "../registry"
import type { Sql } from "../sql"

export interface ReplaceSecretsInput {
  /** New values by option name. What is not named stays. */
  readonly secrets: Readonly<Record<string, string>>
  /** Stored secrets that may be given up although the key ring cannot open them. */
  readonly replaceUnreadable: readonly string[]
  /** A user id; null when nobody is known. */
  readonly requestedBy: string | null
}

/** What may be told of a stored secret: that it is there, and since when. Nothing of its value, not even the end of it. */
export interface StoredSecret {
  readonly name: string
  readonly key_id: string
  readonly is_readable: boolean
  readonly stored_at: string
}

/** Every stored secret of a connection, without its value. */
export async function listStoredSecrets(container: MedusaContainer, connectionId: string): Promise<StoredSecret[]> {
  const service = integrationConfig(container)
  const [stored, readable] = await Promise.all([
    service.listHubCredentials({ connection_id: connectionId }, { order: { name: "ASC" } }),
    service.readableNames(connectionId),
  ])
  return stored.map(({ name, key_id, updated_at }) => ({
    name,
    key_id,
    is_readable: readable.includes(name),
    stored_at: updated_at.toISOString(),
  }))
}

/** The secret that signs webhooks is made by the hub, so nobody can enter it anew: a lost one is replaced by another. */
function withNewWebhookSecret(input: ReplaceSecretsInput): Record<string, string> {
  return input.replaceUnreadable.includes(WEBHOOK_SECRET)
    ? { [WEBHOOK_SECRET]: `whsec_${randomBytes(32).toString("base64")}`, ...input.secrets }
    : { ...input.secrets }
}

/**
 * Replaces secrets of a connection once the channel has taken the new ones, and lets a connection run again that waited for
 * them.
 *
 * Throws `invalid-data` for a name that is no secret of this connector or a value that the channel refuses, and
 * `unsupported` for a stored secret that cannot be opened and is not named in `replaceUnreadable`. Nothing is changed then.
 */
export async function replaceSecrets(
  container: MedusaContainer,
  connectionId: string,
  input: ReplaceSecretsInput
): Promise<void> {
  const service = integrationConfig(container)
  const connection = await service.retrieveHubConnection(connectionId)
  const { options } = registryOf(container).get(connection.connector_id)
  const wrong = Object.keys(input.secrets).find((name) => !Object.hasOwn(options, name) || options[name]?.public)
  if (wrong !== undefined) {
    throw new HubError({ kind: "invalid-data", message: `"${wrong}" is no secret of ${connection.connector_id}.` })
  }
  const kept = await service.readSecrets(connectionId, [...Object.keys(input.secrets), ...input.replaceUnreadable])
  const { [WEBHOOK_SECRET]: _webhookSecret, ...keptOptions } = kept
  await testSettings(container, connection.connector_id, { ...connection.options, ...keptOptions, ...input.secrets })
  await service.setSecrets({
    companyId: connection.company_id,
    connectionId,
    secrets: withNewWebhookSecret(input),
    replaceUnreadable: input.replaceUnreadable,
  })
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await recordChange(sql, {
    connectionId,
    kind: "credentials",
    requestedBy: input.requestedBy,
    changes: Object.keys(input.secrets).map((field) => ({ field, from: null, to: null })),
  })
  await resolveIssues(sql, connectionId, "needs-reauthorisation", "keys")
  await moveIfPossible(sql, { connectionId, event: "reauthorised", reason: null, requestedBy: input.requestedBy })
}
