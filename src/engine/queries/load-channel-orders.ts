import type {
  ChannelOrderFilter,
  HubChannelOrderDetail,
  HubChannelOrdersResponse,
  HubChannelOrderSummary,
} from "../../types/http/orders"
import { query, type Sql } from "../sql"

const SUMMARY_SQL = `
  o.id, o.connection_id, c.name AS connection_name, o.external_id, o.external_number, o.external_url, o.order_id,
  m.display_id, o.placed_at, m.currency_code, o."check" ->> 'channel_total' AS channel_total, o.check_state, o.held_at,
  o.released_at, o.cancelled_at, o.is_historic, o.is_test, jsonb_array_length(o.unmapped_lines) AS unmapped_count,
  jsonb_array_length(o.oversold_items) AS oversold_count, jsonb_array_length(o.refunds) AS refund_count`

const FROM_SQL = `
  hub_channel_order o JOIN hub_connection c ON c.id = o.connection_id AND c.deleted_at IS NULL
  LEFT JOIN "order" m ON m.id = o.order_id AND m.deleted_at IS NULL`

const FLAGGED_SQL = "(jsonb_array_length(o.unmapped_lines) > 0 OR jsonb_array_length(o.oversold_items) > 0)"

const LIST_SQL = `
  SELECT ${SUMMARY_SQL} FROM ${FROM_SQL}
  WHERE o.deleted_at IS NULL
    AND (CAST(:connectionId AS text) IS NULL OR o.connection_id = :connectionId)
    AND (:filter = 'all' OR (:filter = 'held' AND o.held_at IS NOT NULL) OR (:filter = 'flagged' AND ${FLAGGED_SQL}))
    AND (CAST(:cursor AS text) IS NULL
      OR (o.placed_at, o.id) < (SELECT x.placed_at, x.id FROM hub_channel_order x WHERE x.id = :cursor))
  ORDER BY o.placed_at DESC, o.id DESC LIMIT :limit`

const COUNTS_SQL = `
  SELECT count(*)::int AS all, count(*) FILTER (WHERE o.held_at IS NOT NULL)::int AS held,
    count(*) FILTER (WHERE ${FLAGGED_SQL})::int AS flagged
  FROM ${FROM_SQL} WHERE o.deleted_at IS NULL AND (CAST(:connectionId AS text) IS NULL OR o.connection_id = :connectionId)`

export interface ChannelOrderQuery {
  readonly filter: ChannelOrderFilter
  readonly connectionId: string | null
  /** Id of the last one of the page before. */
  readonly cursor: string | null
  readonly limit: number
}

/** Orders of channels, those placed last first. */
export async function loadChannelOrders(sql: Sql, asked: ChannelOrderQuery): Promise<HubChannelOrdersResponse> {
  const [orders, [counts]] = await Promise.all([
    query<HubChannelOrderSummary>(sql, LIST_SQL, { ...asked }),
    query<HubChannelOrdersResponse["counts"]>(sql, COUNTS_SQL, { connectionId: asked.connectionId }),
  ])
  const nextCursor = orders.length === asked.limit ? (orders.at(-1)?.id ?? null) : null
  return { orders, counts: counts ?? { all: 0, held: 0, flagged: 0 }, next_cursor: nextCursor }
}

const DETAIL_SQL = `
  SELECT ${SUMMARY_SQL}, o."check", o.released_by, o.unmapped_lines, o.oversold_items, o.refunds,
    o.details -> 'presentment' AS presentment,
    COALESCE((SELECT sum(r.quantity) FROM reservation_item r JOIN order_item item ON item.item_id = r.line_item_id
      WHERE item.order_id = o.order_id AND item.version = m.version AND item.deleted_at IS NULL AND r.deleted_at IS NULL), 0)::float8
      AS reserved_units,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'fulfillment_id', p.fulfillment_id,
        'external_location_id', p.external_location_id, 'state', p.state,
        'tracking_numbers', (SELECT COALESCE(jsonb_agg(t ->> 'number'), '[]') FROM jsonb_array_elements(p.content -> 'tracking') AS t),
        'carrier', p.content -> 'tracking' -> 0 ->> 'carrier',
        'units', (SELECT COALESCE(sum((l ->> 'quantity')::int), 0) FROM jsonb_array_elements(p.content -> 'lines') AS l),
        'attempts', p.attempts, 'confirmed_at', p.confirmed_at, 'next_attempt_at', p.next_attempt_at, 'error', p.error)
        ORDER BY p.created_at, p.id)
      FROM hub_parcel p WHERE p.order_id = o.order_id AND p.deleted_at IS NULL), '[]') AS parcels
  FROM ${FROM_SQL} WHERE o.order_id = :orderId AND o.deleted_at IS NULL LIMIT 1`

/** Everything about the channel's order behind an order of Medusa; null when no channel sent it. */
export async function loadChannelOrder(sql: Sql, orderId: string): Promise<HubChannelOrderDetail | null> {
  const [found] = await query<HubChannelOrderDetail>(sql, DETAIL_SQL, { orderId })
  return found ?? null
}
