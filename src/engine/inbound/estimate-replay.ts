import type { HubReplayEstimate } from "../../types/http/inbound"
import { query, type Sql } from "../sql"
import { bindingsOf, SELECTED_SQL, type ReplaySelection } from "./replay-selection"

/** Messages whose work tells how long one takes. */
const SAMPLE = 200
/** What one takes where nobody has worked on any, in milliseconds. */
const FIRST_GUESS_MS = 60

/*
 * A message about an order changes something only if it tells a newer version than the one that was taken over. One that only
 * names the order may: what it is now is read when its turn comes. So may one about stock.
 */
const ESTIMATE_SQL = `
  WITH chosen AS (
    SELECT e.connection_id, e.topic, e.entity_key, e.payload, COALESCE(x.external_version >=
        CAST(e.payload -> 'order' ->> 'version' AS numeric), FALSE) AND COALESCE(e.payload ->> 'fromHint', 'false') <> 'true' AS is_known
    FROM hub_inbox_event e
    LEFT JOIN hub_external_reference x ON x.connection_id = e.connection_id AND x.entity = 'order' AND x.deleted_at IS NULL
      AND x.external_id = e.payload -> 'order' ->> 'externalId'
    WHERE ${SELECTED_SQL}
  ), open AS (
    SELECT * FROM chosen WHERE NOT is_known
  ), touched AS (
    SELECT DISTINCT open.connection_id, line ->> 'externalListingId' AS external_id
    FROM open CROSS JOIN LATERAL jsonb_array_elements(open.payload -> 'order' -> 'lines') line
    WHERE jsonb_typeof(open.payload -> 'order' -> 'lines') = 'array'
    UNION
    SELECT DISTINCT connection_id, payload -> 'observation' ->> 'externalListingId' FROM open WHERE topic = 'stock'
  )
  SELECT (SELECT count(*)::int FROM chosen) AS messages, (SELECT count(*)::int FROM chosen WHERE is_known) AS unchanged,
    (SELECT count(DISTINCT (connection_id, entity_key))::int FROM open WHERE topic = 'order') AS orders,
    (SELECT count(*)::int FROM touched WHERE external_id IS NOT NULL) AS listings`

const PACE_SQL = `
  SELECT avg(took_ms)::float8 AS ms FROM (
    SELECT took_ms FROM hub_inbox_event
    WHERE took_ms IS NOT NULL AND deleted_at IS NULL AND (CAST(:topic AS text) IS NULL OR topic = :topic)
    ORDER BY received_at DESC LIMIT ${SAMPLE}) recent`

/**
 * What a replay would do, at most, and how long it would take at the pace of the last messages.
 *
 * @param concurrency how many messages are worked on at once
 */
export async function estimateReplay(
  sql: Sql,
  selection: ReplaySelection,
  concurrency: number
): Promise<HubReplayEstimate> {
  const [[counts], [pace]] = await Promise.all([
    query<Omit<HubReplayEstimate, "seconds">>(sql, ESTIMATE_SQL, bindingsOf(selection)),
    query<{ ms: number | null }>(sql, PACE_SQL, { topic: selection.filter.topic ?? null }),
  ])
  const { messages, unchanged, orders, listings } = counts ?? { messages: 0, unchanged: 0, orders: 0, listings: 0 }
  const each = pace?.ms ?? FIRST_GUESS_MS
  const seconds = messages === 0 ? 0 : Math.max(1, Math.ceil((messages * each) / Math.max(1, concurrency) / 1_000))
  return { messages, unchanged, orders, listings, seconds }
}
