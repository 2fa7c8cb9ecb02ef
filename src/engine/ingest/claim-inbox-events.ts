import { query, type Sql } from "../sql"
import type { ChannelMessage } from "../../types/channel"

export interface ClaimedInboxEvent {
  readonly id: string
  readonly connectionId: string
  readonly companyId: string
  readonly attempts: number
  /** Of the claim. */
  readonly token: string
  readonly message: ChannelMessage
}

/** Longer than any order takes; a worker that died with a message gives it back after this time. */
export const INBOX_LEASE_SECONDS = 60

/** How long the work on a message took, from its claim: the lease tells when that was. */
export const TOOK_MS_SQL = `
  (extract(epoch FROM clock_timestamp() - (lease_until - make_interval(secs => ${INBOX_LEASE_SECONDS}))) * 1000)::int`

interface Row {
  readonly id: string
  readonly connection_id: string
  readonly company_id: string
  readonly attempts: number
  readonly payload: ChannelMessage
}

/** Messages that a claim chooses from. Behind a long queue a claim costs what it costs behind a short one. */
const WINDOW = 500

/*
 * Orders first: they lower other channels, while the echoes of our own writes can wait.
 *
 * One event of each entity at a time: two versions of one order must never be worked on side by side. The advisory lock
 * makes claims follow each other, so that "nobody holds this entity" is still true when we take it.
 */
const CLAIM_SQL = `
  WITH oldest AS (
    SELECT e.id, e.connection_id, e.entity_key, e.received_at, (e.topic <> 'order') AS can_wait
    FROM hub_inbox_event e
    WHERE e.state = 'accepted' AND e.deleted_at IS NULL
      AND (e.lease_until IS NULL OR e.lease_until <= now())
      AND (e.next_attempt_at IS NULL OR e.next_attempt_at <= now())
      AND NOT EXISTS (
        SELECT 1 FROM hub_inbox_event busy
        WHERE busy.connection_id = e.connection_id AND busy.entity_key = e.entity_key AND busy.state = 'accepted'
          AND busy.deleted_at IS NULL AND busy.lease_until > now())
    ORDER BY (e.topic <> 'order'), e.received_at LIMIT ${WINDOW}
  ), open AS (
    SELECT DISTINCT ON (connection_id, entity_key) id, received_at, can_wait
    FROM oldest ORDER BY connection_id, entity_key, received_at
  ), chosen AS (
    SELECT id FROM open ORDER BY can_wait, received_at LIMIT :limit
  )
  UPDATE hub_inbox_event e SET lease_token = :token, lease_until = now() + make_interval(secs => :leaseSeconds),
    attempts = e.attempts + 1, updated_at = now()
  FROM chosen WHERE e.id = chosen.id
  RETURNING e.id, e.connection_id, e.company_id, e.attempts, e.payload`

/** Takes up to `limit` stored messages, oldest first. Several workers may call it at once. */
export async function claimInboxEvents(
  sql: Sql,
  request: { readonly limit: number; readonly token: string; readonly leaseSeconds: number }
): Promise<ClaimedInboxEvent[]> {
  const [waiting] = await query<{ waiting: boolean }>(
    sql,
    "SELECT EXISTS (SELECT 1 FROM hub_inbox_event WHERE state = 'accepted' AND deleted_at IS NULL) AS waiting"
  )
  if (!waiting?.waiting) {
    return []
  }
  return sql.transaction(async (transaction) => {
    await query(transaction, "SELECT pg_advisory_xact_lock(hashtextextended('hub-inbox-claim', 0))")
    const rows = await query<Row>(transaction, CLAIM_SQL, request)
    return rows.map((row) => ({
      id: row.id,
      connectionId: row.connection_id,
      companyId: row.company_id,
      attempts: row.attempts,
      token: request.token,
      message: row.payload,
    }))
  })
}

const CLOSE_SQL = `
  UPDATE hub_inbox_event SET state = :state, processed_at = clock_timestamp(), took_ms = ${TOOK_MS_SQL}, lease_token = NULL,
    lease_until = NULL, error = NULL, updated_at = now()
  WHERE id = :id`

/** Marks a message as dealt with. */
export async function closeInboxEvent(sql: Sql, id: string, state: "processed" | "stale"): Promise<void> {
  await query(sql, CLOSE_SQL, { id, state })
}

const RETRY_SQL = `
  UPDATE hub_inbox_event SET lease_token = NULL, lease_until = NULL, error = :error,
    next_attempt_at = clock_timestamp() + make_interval(secs => :delaySeconds), updated_at = now()
  WHERE id = :id AND lease_token = :token`

/** Puts a message back after a failure. It stays until it has been dealt with: an order is never dropped. */
export async function retryInboxEvent(
  sql: Sql,
  input: { readonly id: string; readonly token: string; readonly error: string; readonly delaySeconds: number }
): Promise<void> {
  await query(sql, RETRY_SQL, { ...input })
}
