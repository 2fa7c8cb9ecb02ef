import type { HubConnectionSummary, HubIssue } from "../../types/http/hub"
import { query, type Sql } from "../sql"

const CONNECTIONS_SQL = `
  SELECT c.id, c.name, c.connector_id, c.state, c.state_reason, c.write_mode, c.tags, c.setup_step,
    COALESCE(states.listing_count, 0) AS listing_count,
    COALESCE(states.in_sync_count, 0) AS in_sync_count,
    COALESCE(states.pending_count, 0) AS pending_count,
    COALESCE(states.failed_count, 0) AS failed_count,
    COALESCE(states.skipped_count, 0) AS skipped_count,
    states.oldest_pending_seconds,
    COALESCE(states.write_count, 0) AS write_count,
    COALESCE(states.change_count, 0) AS change_count,
    (SELECT count(*)::int FROM hub_listing l
      WHERE l.connection_id = c.id AND l.link_state = 'unlinked' AND l.deleted_at IS NULL) AS unlinked_count,
    latency.p50 AS latency_p50_ms, latency.p95 AS latency_p95_ms,
    (SELECT count(*)::int FROM hub_issue i
      WHERE i.connection_id = c.id AND i.resolved_at IS NULL AND i.dismissed_at IS NULL AND i.deleted_at IS NULL) AS open_issue_count,
    (SELECT count(*)::int FROM hub_external_reference x
      WHERE x.connection_id = c.id AND x.entity = 'order' AND x.external_version > 0 AND x.deleted_at IS NULL) AS order_count,
    (SELECT count(*)::int FROM hub_inbox_event e
      WHERE e.connection_id = c.id AND e.state = 'accepted' AND e.deleted_at IS NULL) AS waiting_message_count
  FROM hub_connection c
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE s.state_reason IS DISTINCT FROM 'unlinked')::int AS listing_count,
      count(*) FILTER (WHERE s.state = 'in-sync')::int AS in_sync_count,
      count(*) FILTER (WHERE s.state IN ('pending', 'conflict'))::int AS pending_count,
      count(*) FILTER (WHERE s.state = 'failed')::int AS failed_count,
      count(*) FILTER (WHERE s.state = 'skipped' AND s.state_reason IS DISTINCT FROM 'unlinked')::int AS skipped_count,
      extract(epoch FROM clock_timestamp() - min(LEAST(s.stale_since, s.claimed_since)))::float8 AS oldest_pending_seconds,
      sum(s.write_count)::int AS write_count, sum(s.change_count)::int AS change_count
    FROM hub_listing_state s WHERE s.connection_id = c.id AND s.deleted_at IS NULL
  ) states ON true
  LEFT JOIN LATERAL (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM e.settled_at - e.caused_at) * 1000)::float8 AS p50,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM e.settled_at - e.caused_at) * 1000)::float8 AS p95
    FROM hub_explanation e
    WHERE e.connection_id = c.id AND e.computed_at > now() - interval '10 minutes' AND e.outcome = 'accepted'
      AND (CAST(:since AS timestamptz) IS NULL OR e.caused_at >= CAST(:since AS timestamptz))
  ) latency ON true
  WHERE c.deleted_at IS NULL
  ORDER BY c.name`

const ISSUES_SQL = `
  SELECT i.id, i.connection_id, c.name AS connection_name, i.code, i.severity, i.message, i.occurrence_count, i.last_seen_at
  FROM hub_issue i JOIN hub_connection c ON c.id = i.connection_id
  WHERE i.resolved_at IS NULL AND i.dismissed_at IS NULL AND i.deleted_at IS NULL AND c.deleted_at IS NULL
  ORDER BY CASE i.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, i.last_seen_at DESC
  LIMIT 50`

/**
 * How every connection stands, in one query for all.
 *
 * @param since only changes caused at or after it count for the latency; ISO 8601
 */
export const loadConnectionSummaries = (sql: Sql, since: string | null = null): Promise<HubConnectionSummary[]> =>
  query<HubConnectionSummary>(sql, CONNECTIONS_SQL, { since })

/** The open issues that matter most, at most 50. */
export const loadOpenIssues = (sql: Sql): Promise<HubIssue[]> => query<HubIssue>(sql, ISSUES_SQL)
