import { generateEntityId } from "@medusajs/framework/utils"
import type { ReplayableState, RunKind } from "../../types/states"
import { query, type Sql } from "../sql"

/** What a run is about. Empty: everything that its kind can be about. */
export interface RunScope {
  readonly listing_ids?: readonly string[] | undefined
  readonly sku?: string | undefined
  /** The run whose failed items are tried again. */
  readonly run_id?: string | undefined
  readonly snapshot_id?: string | undefined
  /** Inbox events that are replayed: these, or those that the filter lets through. */
  readonly message_ids?: readonly string[] | undefined
  readonly messages?: MessageFilter | undefined
}

/** Messages that have been dealt with, or that failed. What is left out lets all through. */
export interface MessageFilter {
  readonly state?: ReplayableState | undefined
  readonly topic?: string | undefined
  /** ISO, both ends included. */
  readonly since?: string | undefined
  readonly until?: string | undefined
}

export interface RunRequest {
  readonly kind: RunKind
  /** Null for a run over all connections. */
  readonly connectionId: string | null
  readonly scope: RunScope
  /** A user id, `cli`, or the name of a job. */
  readonly requestedBy: string
}

/** The same request that nobody has begun yet is answered with the run that waits already. */
const REQUEST_SQL = `
  WITH waiting AS (
    SELECT id FROM hub_run
    WHERE state = 'queued' AND kind = :kind AND connection_id IS NOT DISTINCT FROM CAST(:connectionId AS text)
      AND scope = CAST(:scope AS jsonb) AND deleted_at IS NULL
    LIMIT 1
  ), added AS (
    INSERT INTO hub_run (id, company_id, connection_id, kind, scope, requested_by, state)
    SELECT :id, COALESCE((SELECT company_id FROM hub_connection WHERE id = :connectionId), 'hcomp_default'),
      CAST(:connectionId AS text), :kind, CAST(:scope AS jsonb), :requestedBy, 'queued'
    WHERE NOT EXISTS (SELECT 1 FROM waiting)
    RETURNING id
  )
  SELECT id FROM waiting UNION ALL SELECT id FROM added`

/**
 * Asks for a batch of work that a person can see. A worker takes it up, in this process or another.
 *
 * @returns the run's id
 */
export async function requestRun(sql: Sql, { kind, connectionId, scope, requestedBy }: RunRequest): Promise<string> {
  const id = generateEntityId(undefined, "hrun")
  const [run] = await query<{ id: string }>(sql, REQUEST_SQL, {
    id,
    kind,
    connectionId,
    scope: JSON.stringify(scope),
    requestedBy,
  })
  return run?.id ?? id
}

const CANCEL_SQL = `
  UPDATE hub_run SET cancel_requested_at = COALESCE(cancel_requested_at, clock_timestamp()), updated_at = now(),
    state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END,
    finished_at = CASE WHEN state = 'queued' THEN clock_timestamp() ELSE finished_at END
  WHERE id = :id AND state IN ('queued', 'running') AND deleted_at IS NULL
  RETURNING id`

/**
 * Asks a run to stop. What it has sent stays; what is on its way still arrives.
 *
 * @returns false when there is no such run, or when it has ended already
 */
export async function cancelRun(sql: Sql, id: string): Promise<boolean> {
  return (await query(sql, CANCEL_SQL, { id })).length > 0
}
