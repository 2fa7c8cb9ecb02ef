import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { ConnectorDefinition } from "../../connectors/define-connector"
import { parseOptions } from "../../connectors/define-options"
import type { HubWebhooks, HubWebhookTopic } from "../../types/http/webhooks"
import { resolveConfig } from "../connection/connection-config"
import { requireConnection } from "../connection/describe-connection"
import { givenSettings, valuesOf } from "../connections"
import type { ConnectionRow } from "../queries/load-connection"
import { registryOf } from "../registry"
import { query, type Sql } from "../sql"
import { judgeSubscriptions } from "./plan-repair"
import { loadEndpoint, type EndpointRow } from "./webhook-endpoint"

const COUNTS_SQL = `
  SELECT (SELECT max(e.received_at) FROM hub_inbox_event e
      WHERE e.connection_id = :connectionId AND e.event_id NOT LIKE 'poll:%' AND e.deleted_at IS NULL) AS last_received_at,
    count(*) FILTER (WHERE d.outcome = 'accepted')::int AS accepted_count,
    count(*) FILTER (WHERE d.outcome = 'duplicate')::int AS duplicate_count,
    count(*) FILTER (WHERE d.outcome = 'rejected')::int AS rejected_count
  FROM hub_delivery d
  WHERE d.connection_id = :connectionId AND d.received_at > clock_timestamp() - interval '24 hours'`

type Counts = Pick<HubWebhooks, "last_received_at" | "accepted_count" | "duplicate_count" | "rejected_count">

/** By its public settings; what is secret does not decide which topics there are. */
function expectedTopics(
  definition: ConnectorDefinition,
  settings: Readonly<Record<string, unknown>>
): readonly string[] {
  const stand = Object.fromEntries(
    Object.entries(definition.options).map(([name, option]) => [name, option.public ? settings[name] : "x"])
  )
  const options = parseOptions(definition.options, stand)
  return options.ok ? (definition.webhookTopics?.(options.value) ?? []) : []
}

function topicsOf(expected: readonly string[], endpoint: EndpointRow | null): HubWebhookTopic[] {
  const listed = endpoint?.subscriptions ?? null
  if (!endpoint || listed === null) {
    return expected.map((topic) => ({ topic, is_subscribed: null }))
  }
  const subscriptions = listed.map((subscription) => ({ ...subscription, externalId: "" }))
  return judgeSubscriptions(expected, subscriptions, endpoint.callback_url).map(({ topic, isSubscribed }) => ({
    topic,
    is_subscribed: isSubscribed,
  }))
}

function isPossible(container: MedusaContainer, row: ConnectionRow, definition: ConnectorDefinition | null): boolean {
  const { allowed } = resolveConfig(row, givenSettings(container, row))
  return definition?.parseWebhook !== undefined && allowed.has("webhooks")
}

/** How the messages of a connection come in. Throws `not-found`. */
export async function describeWebhooks(container: MedusaContainer, connectionId: string): Promise<HubWebhooks> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const row = await requireConnection(sql, connectionId)
  const [endpoint, [counts]] = await Promise.all([
    loadEndpoint(sql, connectionId),
    query<Counts>(sql, COUNTS_SQL, { connectionId }),
  ])
  const registry = registryOf(container)
  const definition = registry.has(row.connector_id) ? registry.get(row.connector_id) : null
  const settings = { ...row.options, ...valuesOf(givenSettings(container, row)) }
  return {
    is_possible: isPossible(container, row, definition),
    callback_url: endpoint?.callback_url ?? null,
    checked_at: endpoint?.checked_at ?? null,
    failure: endpoint?.failure ?? null,
    is_listed: endpoint?.subscriptions != null,
    topics: topicsOf(definition ? expectedTopics(definition, settings) : [], endpoint),
    repaired_at: endpoint?.repaired_at ?? null,
    repaired_count: endpoint?.repaired_count ?? 0,
    secret_of: definition?.webhookSecretOptions ? "channel" : "hub",
    rotated_at: endpoint?.rotated_at ?? null,
    previous_until: endpoint?.previous_until ?? null,
    last_received_at: counts?.last_received_at ?? null,
    accepted_count: counts?.accepted_count ?? 0,
    duplicate_count: counts?.duplicate_count ?? 0,
    rejected_count: counts?.rejected_count ?? 0,
  }
}
