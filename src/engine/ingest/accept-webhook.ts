import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId } from "@medusajs/framework/utils"
import type { InboundRequest } from "../../connectors/define-connector"
import { toFailure, type HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import type { ChannelMessage } from "../../types/channel"
import type { ConnectionState } from "../../types/states"
import { resolveConfig, type StoredConfig } from "../connection/connection-config"
import { givenSettings, integrationConfig, WEBHOOK_SECRET } from "../connections"
import { registryOf } from "../registry"
import { query, toStorableJson, type Sql } from "../sql"

export type Acceptance = "accepted" | "duplicate"

interface ConnectionRow extends StoredConfig {
  readonly id: string
  readonly name: string
  readonly state: ConnectionState
  readonly company_id: string
  readonly connector_id: string
}

const entityKeyOf = (message: ChannelMessage): string => {
  switch (message.topic) {
    case "order":
      return `order:${message.order.externalId}`
    case "order-hint":
      return `order:${message.externalOrderId}`
    case "uninstalled":
      return "uninstalled"
    case "stock":
      return `stock:${message.observation.externalListingId}:${message.observation.externalLocationId}`
    case "other":
      return `other:${message.name}`
  }
}

const STORE_SQL = `
  INSERT INTO hub_inbox_event
    (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
  VALUES (:id, :companyId, :connectionId, :eventId, :topic, :entityKey, CAST(:payload AS jsonb),
    CAST(:occurredAt AS timestamptz), clock_timestamp(), 'accepted')
  ON CONFLICT (connection_id, event_id) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id`

/** Null when they cannot be read, for example because the key ring is gone. */
async function readWebhookSecrets(container: MedusaContainer, connectionId: string): Promise<string[] | null> {
  try {
    const { [WEBHOOK_SECRET]: secret } = await integrationConfig(container).readSecrets(connectionId)
    return secret ? [secret] : []
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    logger.error(`hub: webhooks of ${connectionId} cannot be verified: ${toFailure(error).message}`)
    return null
  }
}

/**
 * Takes an inbound message: verifies the raw body, then stores it. Once this has resolved, the message is safe and the
 * sender may be told so. Working on it comes later and elsewhere.
 *
 * @returns `not-found` for an unknown connection, `auth` for a bad signature, `invalid-data` for a body nobody can read
 */
export async function acceptWebhook(
  container: MedusaContainer,
  connectionId: string,
  request: InboundRequest
): Promise<Result<Acceptance, HubFailure>> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [connection] = await query<ConnectionRow>(
    sql,
    `SELECT id, name, company_id, connector_id, state, allowed_operations, request_timeout_ms, most_attempts, daily_quota,
       error_mapping
     FROM hub_connection WHERE id = :connectionId AND deleted_at IS NULL`,
    { connectionId }
  )
  if (!connection) {
    return err({ kind: "not-found", message: `There is no connection ${connectionId}.` })
  }
  const { allowed } = resolveConfig(connection, givenSettings(container, connection))
  if (!allowed.has("webhooks") || connection.state === "disabled") {
    return err({ kind: "unsupported", message: `Connection ${connectionId} takes no messages.` })
  }
  const connector = registryOf(container).get(connection.connector_id)
  if (!connector.parseWebhook) {
    return err({ kind: "unsupported", message: `${connection.connector_id} sends no webhooks.` })
  }
  const secrets = await readWebhookSecrets(container, connectionId)
  if (!secrets) {
    // The reason is in our log. A stranger learns nothing of our set-up, and the channel tries again.
    return err({ kind: "transient", message: "The message cannot be verified at the moment. Try again later." })
  }
  const message = connector.parseWebhook(request, { secrets, now: new Date() })
  if (!message.ok) {
    return message
  }
  const stored = await query(sql, STORE_SQL, {
    id: generateEntityId(undefined, "hinb"),
    companyId: connection.company_id,
    connectionId,
    eventId: message.value.eventId,
    topic: message.value.topic,
    entityKey: entityKeyOf(message.value),
    payload: toStorableJson(message.value),
    occurredAt: message.value.occurredAt,
  })
  return ok(stored.length > 0 ? "accepted" : "duplicate")
}
