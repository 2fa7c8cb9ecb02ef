import type { HubIssueDetail, HubIssueGroup, HubIssueGroupsResponse } from "../../types/http/issues"
import type { IssueState } from "../../types/states"
import { query, type Sql } from "../sql"

const STATE_SQL = `
  CASE WHEN i.resolved_at IS NOT NULL THEN 'resolved' WHEN i.dismissed_at IS NOT NULL THEN 'dismissed' ELSE 'open' END`

const FILTER_SQL = `
  i.deleted_at IS NULL AND c.deleted_at IS NULL
  AND (CAST(:state AS text) IS NULL OR ${STATE_SQL} = :state)
  AND (CAST(:connectionId AS text) IS NULL OR i.connection_id = :connectionId)
  AND (CAST(:code AS text) IS NULL OR i.code = :code)
  AND (CAST(:severity AS text) IS NULL OR i.severity = :severity)`

const LIST_SQL = `
  SELECT i.id, i.connection_id, c.name AS connection_name, i.listing_id, l.external_sku, i.code, i.severity,
    ${STATE_SQL} AS state, i.message, i.occurrence_count, i.created_at, i.last_seen_at, i.dismissed_at, i.resolved_at, i.closed_by
  FROM hub_issue i JOIN hub_connection c ON c.id = i.connection_id
  LEFT JOIN hub_listing l ON l.id = i.listing_id AND l.deleted_at IS NULL
  WHERE ${FILTER_SQL}
    AND (CAST(:cursor AS text) IS NULL
      OR (i.last_seen_at, i.id) < (SELECT x.last_seen_at, x.id FROM hub_issue x WHERE x.id = :cursor))
  ORDER BY i.last_seen_at DESC, i.id DESC LIMIT :limit`

export interface IssueFilter {
  readonly state: IssueState | null
  readonly connectionId: string | null
  readonly code: string | null
  readonly severity: string | null
}

/** Issues, those seen last first. `cursor` is the id of the last one of the page before. */
export const loadIssues = (
  sql: Sql,
  { cursor, limit, ...filter }: IssueFilter & { readonly cursor: string | null; readonly limit: number }
): Promise<HubIssueDetail[]> => query<HubIssueDetail>(sql, LIST_SQL, { ...filter, cursor, limit })

/** More causes than a person would look through; the list of issues has the rest. */
const MOST_GROUPS = 200

const GRAVITY_SQL = "CASE i.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"

const GROUPS_SQL = `
  SELECT i.connection_id, c.name AS connection_name, i.code,
    (array_agg(i.severity ORDER BY ${GRAVITY_SQL}))[1] AS severity,
    count(*)::int AS issue_count, count(DISTINCT i.listing_id)::int AS listing_count,
    sum(i.occurrence_count)::int AS occurrence_count, min(i.created_at) AS first_seen_at,
    max(i.last_seen_at) AS last_seen_at, (array_agg(i.message ORDER BY i.last_seen_at DESC, i.id))[1] AS message
  FROM hub_issue i JOIN hub_connection c ON c.id = i.connection_id
  WHERE ${FILTER_SQL}
  GROUP BY i.connection_id, c.name, i.code
  ORDER BY min(${GRAVITY_SQL}), count(*) DESC, c.name, i.code LIMIT ${MOST_GROUPS}`

const COUNTS_SQL = `
  SELECT count(*) FILTER (WHERE ${STATE_SQL} = 'open')::int AS open,
    count(*) FILTER (WHERE ${STATE_SQL} = 'dismissed')::int AS dismissed,
    count(*) FILTER (WHERE ${STATE_SQL} = 'resolved')::int AS resolved
  FROM hub_issue i JOIN hub_connection c ON c.id = i.connection_id
  WHERE i.deleted_at IS NULL AND c.deleted_at IS NULL
    AND (CAST(:connectionId AS text) IS NULL OR i.connection_id = :connectionId)`

/** Issues by cause and connection, the gravest first: what there is to do, and not how often it happened. */
export async function loadIssueGroups(sql: Sql, filter: IssueFilter): Promise<HubIssueGroupsResponse> {
  const [groups, [counts]] = await Promise.all([
    query<HubIssueGroup>(sql, GROUPS_SQL, { ...filter }),
    query<HubIssueGroupsResponse["counts"]>(sql, COUNTS_SQL, { connectionId: filter.connectionId }),
  ])
  return { groups, counts: counts ?? { open: 0, dismissed: 0, resolved: 0 } }
}
