import type { HubConnectionMetrics, HubMetricFigures, HubMetricsResponse } from "../../types/http/insight"
import { query, type Sql } from "../sql"

/** Periods that can be asked for, in hours. Calls are kept for 14 days, explanations for 90. */
export const METRIC_PERIODS = { "1h": 1, "24h": 24, "7d": 168, "30d": 720 } as const

export type MetricPeriod = keyof typeof METRIC_PERIODS

/** Sums and not means, so that those of all connections can be added up. */
interface Sums {
  readonly connection_id: string
  readonly connection_name: string
  readonly known_count: number
  readonly equal_count: number
  readonly sync_ms: number
  readonly sync_time_p95_ms: number | null
  readonly sent_count: number
  readonly accepted_count: number
  readonly resolve_seconds: number
  readonly resolved_issue_count: number
  readonly open_issue_count: number
  readonly calls_today: number
  readonly call_count: number
  readonly failed_call_count: number
  readonly quota_used: number | null
}

const SINCE = "clock_timestamp() - make_interval(hours => :hours)"
const SYNC_MS = "extract(epoch FROM e.settled_at - e.caused_at) * 1000"

const SUMS_SQL = `
  SELECT c.id AS connection_id, c.name AS connection_name, states.*, sent.*, issues.*, calls.*, quota.quota_used
  FROM hub_connection c
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE s.acked IS NOT NULL)::int AS known_count,
      count(*) FILTER (WHERE s.acked = s.desired AND s.stale_version = s.acked_version)::int AS equal_count
    FROM hub_listing_state s WHERE s.connection_id = c.id AND s.deleted_at IS NULL
  ) states
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(${SYNC_MS}) FILTER (WHERE e.outcome = 'accepted'), 0)::float8 AS sync_ms,
      (percentile_cont(0.95) WITHIN GROUP (ORDER BY ${SYNC_MS}) FILTER (WHERE e.outcome = 'accepted'))::float8 AS sync_time_p95_ms,
      count(*)::int AS sent_count, count(*) FILTER (WHERE e.outcome = 'accepted')::int AS accepted_count
    FROM hub_explanation e
    WHERE e.connection_id = c.id AND e.computed_at >= ${SINCE} AND e.settled_at IS NOT NULL
      AND e.outcome NOT IN ('preview', 'not-sent')
  ) sent
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(extract(epoch FROM i.resolved_at - i.created_at)) FILTER (WHERE i.resolved_at >= ${SINCE}), 0)::float8
        AS resolve_seconds,
      count(*) FILTER (WHERE i.resolved_at >= ${SINCE})::int AS resolved_issue_count,
      count(*) FILTER (WHERE i.resolved_at IS NULL AND i.dismissed_at IS NULL)::int AS open_issue_count
    FROM hub_issue i WHERE i.connection_id = c.id AND i.deleted_at IS NULL
  ) issues
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE x.occurred_at >= date_trunc('day', clock_timestamp(), 'UTC'))::int AS calls_today,
      count(*) FILTER (WHERE x.occurred_at >= ${SINCE})::int AS call_count,
      count(*) FILTER (WHERE x.occurred_at >= ${SINCE} AND (x.status IS NULL OR x.status >= 400))::int AS failed_call_count
    FROM hub_exchange x
    WHERE x.connection_id = c.id AND x.occurred_at >= LEAST(${SINCE}, date_trunc('day', clock_timestamp(), 'UTC'))
  ) calls
  CROSS JOIN LATERAL (
    SELECT max((b.state ->> 'used')::float8)::int AS quota_used FROM hub_rate_bucket b
    WHERE b.connection_id = c.id AND b.deleted_at IS NULL AND b.state ? 'used' AND b.state ? 'day'
      AND b.updated_at >= date_trunc('day', clock_timestamp(), 'UTC')
  ) quota
  WHERE c.deleted_at IS NULL AND (CAST(:connectionId AS text) IS NULL OR c.id = :connectionId)
  ORDER BY c.name`

const CLOCK_SQL = `SELECT ${SINCE} AS "from", clock_timestamp() AS "to"`

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const toFigures = (sums: Omit<Sums, "connection_id" | "connection_name" | "quota_used">): HubMetricFigures => ({
  accuracy_rate: ratio(sums.equal_count, sums.known_count),
  equal_count: sums.equal_count,
  known_count: sums.known_count,
  sync_time_mean_ms: ratio(sums.sync_ms, sums.accepted_count),
  sync_time_p95_ms: sums.sync_time_p95_ms,
  sent_count: sums.sent_count,
  accepted_count: sums.accepted_count,
  success_rate: ratio(sums.accepted_count, sums.sent_count),
  resolve_time_mean_seconds: ratio(sums.resolve_seconds, sums.resolved_issue_count),
  resolved_issue_count: sums.resolved_issue_count,
  open_issue_count: sums.open_issue_count,
  calls_today: sums.calls_today,
  call_count: sums.call_count,
  failed_call_count: sums.failed_call_count,
})

type Additive = Exclude<keyof Sums, "connection_id" | "connection_name" | "quota_used" | "sync_time_p95_ms">

/** Percentiles do not add up: overall it is the worst of the connections, and never better than what somebody waits. */
function overallOf(rows: readonly Sums[]): HubMetricFigures {
  const sum = (field: Additive): number => rows.reduce((total, row) => total + row[field], 0)
  const p95 = rows.flatMap((row) => (row.sync_time_p95_ms === null ? [] : [row.sync_time_p95_ms]))
  return toFigures({
    known_count: sum("known_count"),
    equal_count: sum("equal_count"),
    sync_ms: sum("sync_ms"),
    sync_time_p95_ms: p95.length === 0 ? null : Math.max(...p95),
    sent_count: sum("sent_count"),
    accepted_count: sum("accepted_count"),
    resolve_seconds: sum("resolve_seconds"),
    resolved_issue_count: sum("resolved_issue_count"),
    open_issue_count: sum("open_issue_count"),
    calls_today: sum("calls_today"),
    call_count: sum("call_count"),
    failed_call_count: sum("failed_call_count"),
  })
}

const toConnection = (row: Sums): HubConnectionMetrics => ({
  connection_id: row.connection_id,
  connection_name: row.connection_name,
  ...toFigures(row),
  quota_used: row.quota_used,
})

/** How well numbers reached their channels, for each connection and overall. */
export async function loadMetrics(
  sql: Sql,
  { period, connectionId }: { readonly period: MetricPeriod; readonly connectionId: string | null }
): Promise<HubMetricsResponse> {
  const hours = METRIC_PERIODS[period]
  const [rows, [clock]] = await Promise.all([
    query<Sums>(sql, SUMS_SQL.replaceAll("?", "\\?"), { hours, connectionId }),
    query<{ from: string; to: string }>(sql, CLOCK_SQL, { hours }),
  ])
  return {
    period,
    from: clock?.from ?? "",
    to: clock?.to ?? "",
    overall: overallOf(rows),
    connections: rows.map(toConnection),
  }
}
