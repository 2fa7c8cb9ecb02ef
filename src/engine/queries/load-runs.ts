import type { HubRun, HubRunItem } from "../../types/http/hub"
import { query, type Sql } from "../sql"
import { nameOf } from "./name-of"

const COLUMNS = `
  r.id, r.connection_id, c.name AS connection_name, r.kind, r.state, r.scope, r.requested_by, ${nameOf("r.requested_by")} AS requested_by_name, r.total_count,
  r.succeeded_count, r.skipped_count, r.failed_count, r.error, r.created_at, r.started_at, r.finished_at,
  r.cancel_requested_at`

const LIST_SQL = `
  SELECT ${COLUMNS}
  FROM hub_run r LEFT JOIN hub_connection c ON c.id = r.connection_id
  WHERE r.deleted_at IS NULL
    AND (CAST(:connectionId AS text) IS NULL OR r.connection_id = :connectionId)
    AND (CAST(:kind AS text) IS NULL OR r.kind = :kind)
    AND (CAST(:state AS text) IS NULL OR r.state = :state)
    AND (CAST(:cursor AS text) IS NULL OR (r.created_at, r.id) < (SELECT x.created_at, x.id FROM hub_run x WHERE x.id = :cursor))
  ORDER BY r.created_at DESC, r.id DESC LIMIT :limit`

export interface RunFilter {
  readonly connectionId: string | null
  readonly kind: string | null
  readonly state: string | null
  /** Id of the last run of the page before. */
  readonly cursor: string | null
  readonly limit: number
}

/** Runs, the newest first. */
export const loadRuns = (sql: Sql, filter: RunFilter): Promise<HubRun[]> => query<HubRun>(sql, LIST_SQL, { ...filter })

const ONE_SQL = `
  SELECT ${COLUMNS} FROM hub_run r LEFT JOIN hub_connection c ON c.id = r.connection_id
  WHERE r.id = :id AND r.deleted_at IS NULL`

const TROUBLE_SQL = `
  SELECT i.listing_id, l.external_sku, l.title, i.outcome, i.reason, i.message
  FROM hub_run_item i JOIN hub_listing l ON l.id = i.listing_id
  WHERE i.run_id = :id AND i.outcome IN ('failed', 'skipped') AND i.deleted_at IS NULL
  ORDER BY i.outcome, l.external_sku LIMIT 200`

/** One run with what went wrong in it, at most 200 items. Null when there is none. */
export async function loadRun(sql: Sql, id: string): Promise<{ run: HubRun; items: HubRunItem[] } | null> {
  const [run] = await query<HubRun>(sql, ONE_SQL, { id })
  return run ? { run, items: await query<HubRunItem>(sql, TROUBLE_SQL, { id }) } : null
}
