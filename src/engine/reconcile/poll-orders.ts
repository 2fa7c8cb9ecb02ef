import { generateEntityId } from "@medusajs/framework/utils"
import type { Page } from "../../connectors/define-connector"
import type { ExternalOrder } from "../../types/channel"
import type { OpenConnection } from "../connections"
import { lockLane } from "../lane/load-lane"
import { query, toStorableJson, type Sql } from "../sql"
import { claimTick } from "../ticks"

const CURSOR_SQL = `
  SELECT value FROM hub_cursor WHERE connection_id = :connectionId AND kind = 'orders' AND deleted_at IS NULL`

const SAVE_CURSOR_SQL = `
  INSERT INTO hub_cursor (id, company_id, connection_id, kind, value)
  VALUES (:id, :companyId, :connectionId, 'orders', :value)
  ON CONFLICT (connection_id, kind) WHERE deleted_at IS NULL DO UPDATE SET value = excluded.value, updated_at = now()`

/*
 * Orders from before the connection are history: their goods left the stock long ago, and to reserve them again would take
 * them off twice. The margin is for a channel whose clock is slow.
 */
const BEFORE_US_SQL = "interval '5 minutes'"

/*
 * Only versions that nobody has taken over yet, by a webhook or by an earlier reading. A version that waits in the inbox
 * already has another id there; to process it twice changes nothing.
 */
const STORE_SQL = `
  INSERT INTO hub_inbox_event
    (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
  SELECT o.id, :companyId, :connectionId, 'poll:' || o.external_id || ':' || o.version, 'order', 'order:' || o.external_id,
    o.payload, o.occurred_at, clock_timestamp(), 'accepted'
  FROM jsonb_to_recordset(CAST(:orders AS jsonb)) AS o(
    id text, external_id text, version bigint, occurred_at timestamptz, payload jsonb)
  WHERE NOT EXISTS (
    SELECT 1 FROM hub_external_reference x
    WHERE x.connection_id = :connectionId AND x.entity = 'order' AND x.external_id = o.external_id
      AND x.external_version >= o.version AND x.deleted_at IS NULL)
    AND (NOT EXISTS (
        SELECT 1 FROM hub_connection c WHERE c.id = :connectionId AND o.occurred_at < c.connected_at - ${BEFORE_US_SQL})
      OR EXISTS (
        SELECT 1 FROM hub_external_reference x
        WHERE x.connection_id = :connectionId AND x.entity = 'order' AND x.external_id = o.external_id AND x.deleted_at IS NULL))
  ON CONFLICT (connection_id, event_id) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id`

async function storeOrders(sql: Sql, connection: OpenConnection, orders: readonly ExternalOrder[]): Promise<number> {
  const stored = await query(sql, STORE_SQL, {
    companyId: connection.companyId,
    connectionId: connection.id,
    orders: toStorableJson(
      orders.map((order) => ({
        id: generateEntityId(undefined, "hinb"),
        external_id: order.externalId,
        version: order.version,
        occurred_at: order.placedAt,
        payload: {
          topic: "order",
          eventId: `poll:${order.externalId}:${order.version}`,
          occurredAt: order.placedAt,
          order,
        },
      }))
    ),
  })
  return stored.length
}

const NOW_SQL = "SELECT (extract(epoch from clock_timestamp()) * 1000)::float8 AS now"

const OPEN_ORDERS_SQL = `
  SELECT EXISTS (
    SELECT 1 FROM hub_inbox_event
    WHERE connection_id = :connectionId AND topic = 'order' AND state = 'accepted' AND deleted_at IS NULL
      AND received_at <= to_timestamp(CAST(:upTo AS float8) / 1000)) AS is_open`

const THROUGH_SQL = `
  UPDATE hub_lane SET orders_through = GREATEST(orders_through, to_timestamp(CAST(:through AS float8) / 1000)), updated_at = now()
  WHERE connection_id = :connectionId AND deleted_at IS NULL`

export interface OrdersRead {
  /** Orders or versions of orders that nobody had taken over. */
  readonly found: number
}

/** How often one connection's orders are read at most, over all processes. */
const WINDOW_SECONDS = 1

/**
 * Reads the orders that the channel took since the last reading, and puts those that no webhook has brought into the inbox.
 * Nothing is taken over twice.
 *
 * Once all that it found has been processed, the lane knows that every sale before the reading is accounted for.
 *
 * @returns null when the channel cannot list orders, or when somebody else is reading them just now
 */
export async function pollOrders(
  sql: Sql,
  connection: OpenConnection,
  { isUrgent = false } = {}
): Promise<OrdersRead | null> {
  const { client } = connection
  if (!client.pullOrders || (!isUrgent && !(await claimTick(sql, `poll-orders:${connection.id}`, WINDOW_SECONDS)))) {
    return null
  }
  const [clock] = await query<{ now: number }>(sql, NOW_SQL)
  const [stored] = await query<{ value: string | null }>(sql, CURSOR_SQL, { connectionId: connection.id })
  let cursor = stored?.value ?? null
  let found = 0
  for (;;) {
    const page: Page<ExternalOrder> = await client.pullOrders(cursor)
    found += await storeOrders(sql, connection, page.items)
    if (page.nextCursor === null) {
      break
    }
    cursor = page.nextCursor
    await query(sql, SAVE_CURSOR_SQL, {
      id: generateEntityId(undefined, "hcurs"),
      companyId: connection.companyId,
      connectionId: connection.id,
      value: cursor,
    })
  }
  await noteOrdersThrough(sql, connection.id, clock?.now ?? 0)
  return { found }
}

/**
 * Notes that every order up to a moment has been taken over, if that is so: nothing that was received by now waits in the
 * inbox.
 */
export async function noteOrdersThrough(sql: Sql, connectionId: string, through: number): Promise<boolean> {
  return sql.transaction(async (transaction) => {
    await lockLane(transaction, connectionId)
    const [clock] = await query<{ now: number }>(transaction, NOW_SQL)
    const [inbox] = await query<{ is_open: boolean }>(transaction, OPEN_ORDERS_SQL, {
      connectionId,
      upTo: clock?.now ?? 0,
    })
    if (inbox?.is_open ?? true) {
      return false
    }
    await query(transaction, THROUGH_SQL, { connectionId, through })
    return true
  })
}
