import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import { testSettings } from "../connect"
import { integrationConfig } from "../connections"
import { previousOf, splitHubSecrets, WEBHOOK_SECRET } from "../hub-secrets"
import { recordChange } from "../connection/record-change"
import { resolveIssues } from "../issues"
import { moveIfPossible } from "../move-connection"
import { registryOf } from "../registry"
import type { Sql } from "../sql"
import { noteRotated } from "../subscriptions/webhook-endpoint"
import { newWebhookSecret, PREVIOUS_VALID_SECONDS } from "../subscriptions/webhook-secret"

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
    ? { [WEBHOOK_SECRET]: newWebhookSecret(), ...input.secrets }
    : { ...input.secrets }
}

/** What signed messages until now opens them for a while longer: the channel may still use it. */
function previousSigners(
  names: readonly string[],
  stored: Readonly<Record<string, string>>,
  replaced: Readonly<Record<string, string>>
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const before = stored[name]
      return before !== undefined && replaced[name] !== undefined && replaced[name] !== before
        ? [[previousOf(name), before]]
        : []
    })
  )
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
  const { options, webhookSecretOptions = [] } = registryOf(container).get(connection.connector_id)
  const wrong = Object.keys(input.secrets).find((name) => !Object.hasOwn(options, name) || options[name]?.public)
  if (wrong !== undefined) {
    throw new HubError({ kind: "invalid-data", message: `"${wrong}" is no secret of ${connection.connector_id}.` })
  }
  // Those that are replaced may be unreadable. One that signs messages is wanted all the same, if it can be read.
  const readable = await service.readableNames(connectionId)
  const given = [...Object.keys(input.secrets), ...input.replaceUnreadable]
  const stored = await service.readSecrets(
    connectionId,
    given.filter((name) => !(readable.includes(name) && webhookSecretOptions.includes(name)))
  )
  const { settings } = splitHubSecrets(stored)
  await testSettings(container, connection.connector_id, { ...connection.options, ...settings, ...input.secrets })
  const previous = previousSigners(webhookSecretOptions, stored, input.secrets)
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (Object.keys(previous).length > 0) {
    await noteRotated(sql, connectionId, { validSeconds: PREVIOUS_VALID_SECONDS, failure: null })
  }
  await service.setSecrets({
    companyId: connection.company_id,
    connectionId,
    secrets: { ...previous, ...withNewWebhookSecret(input) },
    replaceUnreadable: [...input.replaceUnreadable, ...Object.keys(previous)],
  })
  await recordChange(sql, {
    connectionId,
    kind: "credentials",
    requestedBy: input.requestedBy,
    changes: Object.keys(input.secrets).map((field) => ({ field, from: null, to: null })),
  })
  await resolveIssues(sql, connectionId, "needs-reauthorisation", "keys")
  await moveIfPossible(sql, { connectionId, event: "reauthorised", reason: null, requestedBy: input.requestedBy })
}
