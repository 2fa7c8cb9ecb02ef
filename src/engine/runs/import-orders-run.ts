import { generateEntityId } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import type { ExternalOrder } from "../../types/channel-order"
import { HISTORY_TOPIC } from "../ingest/load-order-context"
import { query, toStorableJson, type Sql } from "../sql"
import type { RunContext, RunCounts, RunKindDefinition, RunStep } from "./run-kind"

/** Orders that may wait to be worked on. More are read when there is room: the present goes before the past. */
const MOST_WAITING = 300
const WAIT_MS = 500
/** A message that failed so often is told to a person and tried on, and the run does not wait for it. */
const GIVEN_UP_AFTER = 3

interface Progress {
  readonly before: string
  /** Null when everything has been read. */
  readonly cursor: string | null
  readonly isRead: boolean
  readonly read: number
  /** Orders that were here already. */
  readonly known: number
}

const CONNECTED_SQL = `
  SELECT to_char(connected_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS connected_at
  FROM hub_connection WHERE id = :connectionId AND deleted_at IS NULL`

/* Only orders that nobody has taken over, and only from before: what is younger comes by itself, with its stock. */
const STORE_SQL = `
  INSERT INTO hub_inbox_event
    (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
  SELECT o.id, :companyId, :connectionId, 'history:' || o.external_id || ':' || o.version, '${HISTORY_TOPIC}',
    'order:' || o.external_id, o.payload, o.occurred_at, clock_timestamp(), 'accepted'
  FROM jsonb_to_recordset(CAST(:orders AS jsonb)) AS o(
    id text, external_id text, version bigint, occurred_at timestamptz, payload jsonb)
  WHERE o.occurred_at < CAST(:before AS timestamptz) AND NOT EXISTS (
    SELECT 1 FROM hub_external_reference x
    WHERE x.connection_id = :connectionId AND x.entity = 'order' AND x.external_id = o.external_id
      AND x.external_version > 0 AND x.deleted_at IS NULL)
  ON CONFLICT (connection_id, event_id) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id`

const WAITING_SQL = `
  SELECT count(*) FILTER (WHERE attempts < :givenUpAfter)::int AS waiting, count(*) FILTER (WHERE attempts >= :givenUpAfter)::int AS stuck
  FROM hub_inbox_event
  WHERE connection_id = :connectionId AND topic = '${HISTORY_TOPIC}' AND state = 'accepted' AND deleted_at IS NULL`

async function storePast(
  sql: Sql,
  connection: { readonly id: string; readonly companyId: string },
  { orders, before }: { readonly orders: readonly ExternalOrder[]; readonly before: string }
): Promise<number> {
  const stored = await query(sql, STORE_SQL, {
    companyId: connection.companyId,
    connectionId: connection.id,
    before,
    orders: toStorableJson(
      orders.map((order) => ({
        id: generateEntityId(undefined, "hinb"),
        external_id: order.externalId,
        version: order.version,
        occurred_at: order.placedAt,
        payload: {
          topic: "order",
          eventId: `history:${order.externalId}:${order.version}`,
          occurredAt: order.placedAt,
          order,
        },
      }))
    ),
  })
  return stored.length
}

async function begin({ sql }: RunContext, connectionId: string): Promise<Progress> {
  const [connection] = await query<{ connected_at: string | null }>(sql, CONNECTED_SQL, { connectionId })
  if (!connection?.connected_at) {
    throw new HubError({ kind: "conflict", message: "The connection has not been connected yet." })
  }
  return { before: connection.connected_at, cursor: null, isRead: false, read: 0, known: 0 }
}

const toCounts = (progress: Progress, waiting: { readonly waiting: number; readonly stuck: number }): RunCounts => ({
  total: progress.read,
  succeeded: Math.max(progress.read - progress.known - waiting.waiting - waiting.stuck, 0),
  skipped: progress.known,
  failed: waiting.stuck,
})

async function step(context: RunContext): Promise<RunStep> {
  const { sql } = context
  const open = await context.connection()
  if (!open.client.pullOrderHistory) {
    throw new HubError({ kind: "unsupported", message: `${open.name} cannot list the orders of the past.` })
  }
  let progress = (context.progress as Progress | null) ?? (await begin(context, open.id))
  const count = async () =>
    (
      await query<{ waiting: number; stuck: number }>(sql, WAITING_SQL, {
        connectionId: open.id,
        givenUpAfter: GIVEN_UP_AFTER,
      })
    )[0] ?? { waiting: 0, stuck: 0 }
  const before = await count()
  if (!progress.isRead && before.waiting < MOST_WAITING) {
    const page = await open.client.pullOrderHistory(progress.cursor, progress.before)
    const orders = page.items.filter((order) => Date.parse(order.placedAt) < Date.parse(progress.before))
    const stored = await storePast(sql, open, { orders, before: progress.before })
    progress = {
      ...progress,
      cursor: page.nextCursor,
      isRead: page.nextCursor === null,
      read: progress.read + orders.length,
      known: progress.known + orders.length - stored,
    }
  }
  const after = await count()
  const counts = toCounts(progress, after)
  const isDone = progress.isRead && after.waiting === 0
  return {
    progress: { ...progress },
    counts,
    againInMs: isDone ? null : progress.isRead || after.waiting >= MOST_WAITING ? WAIT_MS : 0,
  }
}

/**
 * Takes over the orders that a channel had before it was connected: they become orders in Medusa that are over, change no stock
 * and write to nobody. Each page is stored before the next is read, so that the run goes on where it stopped.
 */
export const importOrdersRun: RunKindDefinition = { kind: "import-orders", step }
