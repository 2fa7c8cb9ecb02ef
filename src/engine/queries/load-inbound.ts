import type { HubInboundDelivery, HubInboundMessage } from "../../types/http/inbound"
import type { InboundState, InboundTopic } from "../../types/states"
import { query, type Sql } from "../sql"

/** What failed is still `accepted` to the engine: it is tried again, for ever. */
const STATE_SQL = "CASE WHEN e.state = 'accepted' AND e.error IS NOT NULL THEN 'failed' ELSE e.state END"

const ABOUT_SQL = `
  COALESCE(e.payload -> 'order' ->> 'number', e.payload ->> 'externalOrderId', e.payload -> 'observation' ->> 'externalListingId',
    e.payload ->> 'name')`

const MESSAGE_COLUMNS = `
  e.id, e.connection_id, c.name AS connection_name, ${STATE_SQL} AS state, e.topic, ${ABOUT_SQL} AS about, e.event_id,
  CASE WHEN e.event_id LIKE 'poll:%' THEN 'poll' ELSE 'webhook' END AS origin, e.received_at, e.processed_at, e.attempts,
  e.error, CASE WHEN e.state = 'accepted' THEN e.next_attempt_at END AS next_attempt_at, e.replay_count`

const DELIVERY_COLUMNS = `
  d.id, d.connection_id, c.name AS connection_name, d.outcome AS state, d.topic, NULL::text AS about, d.event_id,
  'webhook' AS origin, d.received_at, NULL::timestamptz AS processed_at, 0 AS attempts, d.failure_detail AS error,
  NULL::timestamptz AS next_attempt_at, 0 AS replay_count`

/** The same for both tables, of which each has its own words for state and topic. */
const filterSql = (alias: string, state: string): string => `
  ${alias}.deleted_at IS NULL
  AND (CAST(:connectionId AS text) IS NULL OR ${alias}.connection_id = :connectionId)
  AND (CAST(:state AS text) IS NULL OR ${state} = :state)
  AND (CAST(:topic AS text) IS NULL OR ${alias}.topic = :topic)
  AND (CAST(:since AS text) IS NULL OR ${alias}.received_at >= CAST(:since AS timestamptz))
  AND (CAST(:until AS text) IS NULL OR ${alias}.received_at <= CAST(:until AS timestamptz))
  AND (CAST(:beforeAt AS text) IS NULL OR (${alias}.received_at, ${alias}.id) < (CAST(:beforeAt AS timestamptz), :beforeId))`

const SEARCH_SQL = `
  (CAST(:search AS text) IS NULL OR e.event_id = :search OR e.entity_key = 'order:' || :search OR ${ABOUT_SQL} = :search)`

const CURSOR_AT_SQL = `to_char(x.received_at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS cursor_at`

/* Each half is read along its own index and cut before the two are put together. */
const LIST_SQL = `
  SELECT x.*, ${CURSOR_AT_SQL} FROM (
    (SELECT ${MESSAGE_COLUMNS} FROM hub_inbox_event e JOIN hub_connection c ON c.id = e.connection_id
      WHERE ${filterSql("e", STATE_SQL)} AND ${SEARCH_SQL} AND CAST(:state AS text) IS DISTINCT FROM 'duplicate'
        AND CAST(:state AS text) IS DISTINCT FROM 'rejected'
      ORDER BY e.received_at DESC, e.id DESC LIMIT :limit)
    UNION ALL
    (SELECT ${DELIVERY_COLUMNS} FROM hub_delivery d JOIN hub_connection c ON c.id = d.connection_id
      WHERE d.outcome <> 'accepted' AND ${filterSql("d", "d.outcome")}
        AND (CAST(:search AS text) IS NULL OR d.event_id = :search)
      ORDER BY d.received_at DESC, d.id DESC LIMIT :limit)
  ) x ORDER BY x.received_at DESC, x.id DESC LIMIT :limit`

export interface InboundFilter {
  readonly connectionId: string | null
  readonly state: InboundState | null
  readonly topic: InboundTopic | null
  readonly since: string | null
  readonly until: string | null
  /** Exactly an order's number, a listing's id or a message's id. */
  readonly search: string | null
}

export interface InboundPage {
  readonly messages: HubInboundMessage[]
  readonly nextCursor: string | null
}

type Listed = HubInboundMessage & { readonly cursor_at: string }

/** `<time>_<id>` of the last row of the page before. */
function readCursor(cursor: string | null): { beforeAt: string | null; beforeId: string | null } {
  const separator = cursor?.indexOf("_") ?? -1
  return cursor === null || separator < 0
    ? { beforeAt: null, beforeId: null }
    : { beforeAt: cursor.slice(0, separator), beforeId: cursor.slice(separator + 1) }
}

/** Messages of channels, and deliveries that brought none, the newest first. */
export async function loadInbound(
  sql: Sql,
  { cursor, limit, ...filter }: InboundFilter & { readonly cursor: string | null; readonly limit: number }
): Promise<InboundPage> {
  const rows = await query<Listed>(sql, LIST_SQL, { ...filter, ...readCursor(cursor), limit })
  const last = rows.at(-1)
  return {
    messages: rows.map(({ cursor_at: _at, ...message }) => message),
    nextCursor: last && rows.length === limit ? `${last.cursor_at}_${last.id}` : null,
  }
}

const MESSAGE_SQL = `
  SELECT ${MESSAGE_COLUMNS}, e.occurred_at, e.took_ms, e.replayed_at, e.replay_run_id, e.payload,
    (SELECT o.id FROM hub_external_reference r JOIN "order" o ON o.id = r.internal_id AND o.deleted_at IS NULL
      WHERE r.connection_id = e.connection_id AND r.entity = 'order' AND r.deleted_at IS NULL
        AND r.external_id = COALESCE(e.payload -> 'order' ->> 'externalId', e.payload ->> 'externalOrderId')) AS order_id
  FROM hub_inbox_event e JOIN hub_connection c ON c.id = e.connection_id
  WHERE e.id = :id AND e.deleted_at IS NULL`

const ONE_DELIVERY_SQL = `
  SELECT ${DELIVERY_COLUMNS}, NULL::timestamptz AS occurred_at, NULL::int AS took_ms, NULL::timestamptz AS replayed_at,
    NULL AS replay_run_id, NULL::jsonb AS payload, NULL AS order_id
  FROM hub_delivery d JOIN hub_connection c ON c.id = d.connection_id
  WHERE d.id = :id AND d.deleted_at IS NULL`

const DELIVERIES_SQL = `
  SELECT d.id, d.outcome, d.received_at, d.took_ms, d.address, d.bytes, d.failure, d.failure_detail,
    d.headers_excerpt AS headers, d.body_excerpt AS body
  FROM hub_delivery d
  WHERE d.deleted_at IS NULL AND d.connection_id = :connectionId
    AND (d.id = :id OR (CAST(:eventId AS text) IS NOT NULL AND d.event_id = :eventId))
  ORDER BY d.received_at DESC, d.id DESC LIMIT 20`

export interface FoundMessage extends HubInboundMessage {
  readonly occurred_at: string | null
  readonly took_ms: number | null
  readonly replayed_at: string | null
  readonly replay_run_id: string | null
  /** With buyers: not to be shown before it is redacted. */
  readonly payload: unknown
  readonly order_id: string | null
}

/** One message, or one delivery that brought none, with what is kept of its deliveries. Null when there is none of this id. */
export async function findInbound(
  sql: Sql,
  id: string
): Promise<{ message: FoundMessage; deliveries: HubInboundDelivery[] } | null> {
  const isDelivery = id.startsWith("hdeli_")
  const [message] = await query<FoundMessage>(sql, isDelivery ? ONE_DELIVERY_SQL : MESSAGE_SQL, { id })
  if (!message) {
    return null
  }
  const deliveries = await query<HubInboundDelivery>(sql, DELIVERIES_SQL, {
    id,
    connectionId: message.connection_id,
    eventId: isDelivery ? null : message.event_id,
  })
  return { message, deliveries }
}
