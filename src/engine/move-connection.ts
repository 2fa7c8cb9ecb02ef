import { generateEntityId } from "@medusajs/framework/utils"
import { moveOf, refuseMove } from "../lib/connection-state"
import { HubError } from "../lib/errors"
import type { ConnectionEvent, ConnectionState } from "../types/states"
import { query, type Sql } from "./sql"

export interface ConnectionMove {
  readonly connectionId: string
  readonly event: ConnectionEvent
  /** For people: why. Null where the state says it all. */
  readonly reason: string | null
  /** A user id; null when the hub does it by itself. */
  readonly requestedBy: string | null
  /**
   * `updated_at` of the settings that led to the event, in milliseconds: when they have been changed meanwhile, nothing
   * happens.
   */
  readonly ifChangedAt?: number
}

/* The one statement that changes the state of a connection. Every process opens it anew, because it looks at `updated_at`. */
const MOVE_SQL = `
  WITH before AS (
    SELECT id, state FROM hub_connection
    WHERE id = :connectionId AND deleted_at IS NULL AND state = ANY(:from)
      AND (CAST(:ifChangedAt AS float8) IS NULL OR (extract(epoch from updated_at) * 1000)::float8 = CAST(:ifChangedAt AS float8))
    FOR UPDATE
  ), moved AS (
    UPDATE hub_connection c SET state = :to, state_reason = :reason, updated_at = clock_timestamp(),
      connected_at = CASE WHEN :to = 'connected' THEN COALESCE(c.connected_at, clock_timestamp()) ELSE c.connected_at END
    FROM before WHERE c.id = before.id
    RETURNING c.id, c.company_id, c.version, before.state AS was
  )
  INSERT INTO hub_connection_change (id, company_id, connection_id, kind, version, requested_by, reason, changes, occurred_at)
  SELECT :id, company_id, id, 'state', version, :requestedBy, :reason,
    jsonb_build_array(jsonb_build_object('field', 'state', 'from', was, 'to', CAST(:to AS text))), clock_timestamp()
  FROM moved RETURNING id`

/**
 * Lets an event happen to a connection, and notes it for the timeline.
 *
 * @returns false when it may not happen in the state that the connection is in; then nothing has changed
 */
export async function moveIfPossible(sql: Sql, move: ConnectionMove): Promise<boolean> {
  const { from, to } = moveOf(move.event)
  const moved = await query(sql, MOVE_SQL, {
    id: generateEntityId(undefined, "hcchg"),
    connectionId: move.connectionId,
    from,
    to,
    reason: move.reason,
    requestedBy: move.requestedBy,
    ifChangedAt: move.ifChangedAt ?? null,
  })
  return moved.length > 0
}

/**
 * The same, for somebody who has to know why it did not happen.
 *
 * Throws `conflict` with a sentence that names both states, and `not-found` for an unknown connection.
 */
export async function moveConnectionTo(sql: Sql, move: ConnectionMove): Promise<ConnectionState> {
  if (await moveIfPossible(sql, move)) {
    return moveOf(move.event).to
  }
  throw new HubError(refuseMove(await stateOf(sql, move.connectionId), move.event))
}

/** The state that a connection is in. Throws `not-found`. */
export async function stateOf(sql: Sql, connectionId: string): Promise<ConnectionState> {
  const [connection] = await query<{ state: ConnectionState }>(
    sql,
    "SELECT state FROM hub_connection WHERE id = :connectionId AND deleted_at IS NULL",
    { connectionId }
  )
  if (!connection) {
    throw new HubError({ kind: "not-found", message: `There is no connection ${connectionId}.` })
  }
  return connection.state
}
