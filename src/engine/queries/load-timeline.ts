import type { HubTimelineEntry } from "../../types/http/connection"
import { query, type Sql } from "../sql"
import { nameOf } from "./name-of"

/* Three sources, each by an index and limited before they are put together: a page costs the same however old a shop is. */
const TIMELINE_SQL = `
  WITH cursor AS (SELECT CAST(:before AS timestamptz) AS at, CAST(:beforeId AS text) AS id),
  change AS (
    SELECT c.occurred_at AS at, c.id, jsonb_build_object('type', 'change', 'id', c.id, 'at', c.occurred_at, 'kind', c.kind,
      'version', c.version, 'requested_by', c.requested_by, 'requested_by_name', ${nameOf("c.requested_by")}, 'reason', c.reason, 'changes', c.changes) AS entry
    FROM hub_connection_change c, cursor
    WHERE c.connection_id = :connectionId AND c.deleted_at IS NULL
      AND (cursor.at IS NULL OR (c.occurred_at, c.id) < (cursor.at, cursor.id))
    ORDER BY c.occurred_at DESC, c.id DESC LIMIT :limit
  ), run AS (
    SELECT r.created_at AS at, r.id, jsonb_build_object('type', 'run', 'id', r.id, 'at', r.created_at, 'kind', r.kind,
      'state', r.state, 'requested_by', r.requested_by, 'requested_by_name', ${nameOf("r.requested_by")}, 'total_count', r.total_count, 'failed_count', r.failed_count,
      'error', r.error, 'finished_at', r.finished_at) AS entry
    FROM hub_run r, cursor
    WHERE r.connection_id = :connectionId AND r.deleted_at IS NULL
      AND (cursor.at IS NULL OR (r.created_at, r.id) < (cursor.at, cursor.id))
    ORDER BY r.created_at DESC, r.id DESC LIMIT :limit
  ), issue AS (
    SELECT i.created_at AS at, i.id, jsonb_build_object('type', 'issue', 'id', i.id, 'at', i.created_at, 'code', i.code,
      'severity', i.severity, 'message', i.message, 'resolved_at', i.resolved_at) AS entry
    FROM hub_issue i, cursor
    WHERE i.connection_id = :connectionId AND i.listing_id IS NULL AND i.deleted_at IS NULL
      AND (cursor.at IS NULL OR (i.created_at, i.id) < (cursor.at, cursor.id))
    ORDER BY i.created_at DESC, i.id DESC LIMIT :limit
  )
  SELECT to_char(at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exact_at, entry
  FROM (SELECT * FROM change UNION ALL SELECT * FROM run UNION ALL SELECT * FROM issue) everything
  ORDER BY at DESC, id DESC LIMIT :limit`

export interface TimelinePage {
  readonly entries: HubTimelineEntry[]
  /** Pass it back to read on; null at the end. */
  readonly nextCursor: string | null
}

/** Everything that happened to a connection as a whole, the newest first: changes, runs and what needed a person. */
export async function loadTimeline(
  sql: Sql,
  connectionId: string,
  page: { readonly cursor: string | null; readonly limit: number }
): Promise<TimelinePage> {
  const [before = null, beforeId = null] = page.cursor?.split("|") ?? []
  const rows = await query<{ exact_at: string; entry: HubTimelineEntry }>(sql, TIMELINE_SQL, {
    connectionId,
    before,
    beforeId,
    limit: page.limit + 1,
  })
  const last = rows[page.limit - 1]
  return {
    entries: rows.slice(0, page.limit).map(({ entry }) => entry),
    nextCursor: rows.length > page.limit && last ? `${last.exact_at}|${last.entry.id}` : null,
  }
}
