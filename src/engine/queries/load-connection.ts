import type { HubConnectionCounts, HubConnectionPlace, HubSnapshot } from "../../types/http/connection"
import type { OrderRules } from "../../types/order-rules"
import type { BreakerState, ConnectionState, GuardState, SetupStep, WriteMode } from "../../types/states"
import { query, type Sql } from "../sql"

/** Everything that is stored about one connection, but for its secrets. */
export interface ConnectionRow {
  readonly id: string
  readonly company_id: string
  readonly name: string
  readonly connector_id: string
  readonly state: ConnectionState
  readonly state_reason: string | null
  readonly write_mode: WriteMode
  readonly version: number
  readonly tags: string[]
  readonly options: Record<string, unknown>
  readonly quantity_rule: Record<string, number | boolean | null>
  readonly allowed_operations: string[]
  readonly request_timeout_ms: number | null
  readonly most_attempts: number | null
  readonly error_mapping: Record<string, string>
  readonly order_rules: OrderRules
  readonly daily_quota: number | null
  readonly retention_days: number | null
  readonly setup_step: SetupStep | null
  readonly sales_channel_id: string | null
  readonly sales_channel_name: string | null
  readonly connected_at: string | null
  readonly created_at: string
  readonly breaker_state: BreakerState | null
  readonly failure_count: number | null
  readonly not_before: string | null
  readonly not_before_reason: string | null
  readonly guard_state: GuardState | null
  readonly checked_at: string | null
  readonly check_ms: number | null
  readonly check_failure: string | null
  readonly oldest_pending_seconds: number | null
  readonly latency_p50_ms: number | null
  readonly latency_p95_ms: number | null
}

const ONE_SQL = `
  SELECT c.id, c.company_id, c.name, c.connector_id, c.state, c.state_reason, c.write_mode, c.version, c.tags, c.options,
    c.quantity_rule, c.allowed_operations, c.request_timeout_ms, c.most_attempts, c.error_mapping, c.order_rules, c.daily_quota,
    c.retention_days, c.setup_step, c.sales_channel_id, channel.name AS sales_channel_name, c.connected_at, c.created_at,
    lane.breaker_state, lane.failure_count, lane.not_before, lane.not_before_reason, lane.guard_state, lane.checked_at,
    lane.check_ms, lane.check_failure, pending.oldest_pending_seconds, latency.p50 AS latency_p50_ms, latency.p95 AS latency_p95_ms
  FROM hub_connection c
  LEFT JOIN hub_lane lane ON lane.connection_id = c.id AND lane.deleted_at IS NULL
  LEFT JOIN sales_channel channel ON channel.id = c.sales_channel_id AND channel.deleted_at IS NULL
  LEFT JOIN LATERAL (
    SELECT extract(epoch FROM clock_timestamp() - min(LEAST(s.stale_since, s.claimed_since)))::float8 AS oldest_pending_seconds
    FROM hub_listing_state s WHERE s.connection_id = c.id AND s.deleted_at IS NULL
  ) pending ON true
  LEFT JOIN LATERAL (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM e.settled_at - e.caused_at) * 1000)::float8 AS p50,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM e.settled_at - e.caused_at) * 1000)::float8 AS p95
    FROM hub_explanation e
    WHERE e.connection_id = c.id AND e.computed_at > now() - interval '10 minutes' AND e.outcome = 'accepted'
  ) latency ON true
  WHERE c.id = :connectionId AND c.deleted_at IS NULL`

/** Null when there is none. */
export async function loadConnectionRow(sql: Sql, connectionId: string): Promise<ConnectionRow | null> {
  const [row] = await query<ConnectionRow>(sql, ONE_SQL, { connectionId })
  return row ?? null
}

const COUNTS_SQL = `
  SELECT listing.*, number.*,
    (SELECT count(*)::int FROM hub_issue i
      WHERE i.connection_id = :connectionId AND i.resolved_at IS NULL AND i.deleted_at IS NULL) AS open_issues,
    (SELECT count(*)::int FROM hub_run r
      WHERE r.connection_id = :connectionId AND r.state IN ('queued', 'running') AND r.deleted_at IS NULL) AS active_runs
  FROM (
    SELECT count(*)::int AS listings, count(*) FILTER (WHERE link_state = 'linked')::int AS linked,
      count(*) FILTER (WHERE link_state = 'unlinked')::int AS unlinked,
      count(*) FILTER (WHERE link_state = 'ignored')::int AS ignored
    FROM hub_listing WHERE connection_id = :connectionId AND deleted_at IS NULL
  ) listing, (
    SELECT count(*)::int AS numbers, count(*) FILTER (WHERE s.state = 'in-sync')::int AS in_sync,
      count(*) FILTER (WHERE s.state IN ('pending', 'conflict'))::int AS pending,
      count(*) FILTER (WHERE s.state = 'failed')::int AS failed, count(*) FILTER (WHERE s.state = 'held')::int AS held,
      count(*) FILTER (WHERE s.state = 'skipped')::int AS skipped,
      count(*) FILTER (WHERE COALESCE(s.acked, s.observed, s.exposed) > 0)::int AS shown_above_zero
    FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
    WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL
  ) number`

const NO_COUNTS: HubConnectionCounts = {
  listings: 0,
  linked: 0,
  unlinked: 0,
  ignored: 0,
  numbers: 0,
  in_sync: 0,
  pending: 0,
  failed: 0,
  held: 0,
  skipped: 0,
  shown_above_zero: 0,
  open_issues: 0,
  active_runs: 0,
}

export async function loadConnectionCounts(sql: Sql, connectionId: string): Promise<HubConnectionCounts> {
  const [counts] = await query<HubConnectionCounts>(sql, COUNTS_SQL, { connectionId })
  return counts ?? NO_COUNTS
}

const PLACES_SQL = `
  SELECT m.stock_location_id, l.name AS stock_location_name, m.external_location_id
  FROM hub_location_mapping m LEFT JOIN stock_location l ON l.id = m.stock_location_id AND l.deleted_at IS NULL
  WHERE m.connection_id = :connectionId AND m.deleted_at IS NULL ORDER BY l.name, m.id`

/** Which of our locations feed which of the channel's. */
export const loadPlaces = (sql: Sql, connectionId: string): Promise<HubConnectionPlace[]> =>
  query<HubConnectionPlace>(sql, PLACES_SQL, { connectionId })

const SNAPSHOTS_SQL = `
  SELECT id, reason, item_count, taken_at, restored_at FROM hub_snapshot
  WHERE connection_id = :connectionId AND completed_at IS NOT NULL AND deleted_at IS NULL ORDER BY taken_at DESC LIMIT 50`

/** What the channel showed at other times, the newest first, at most 50. */
export const loadSnapshots = (sql: Sql, connectionId: string): Promise<HubSnapshot[]> =>
  query<HubSnapshot>(sql, SNAPSHOTS_SQL, { connectionId })

export interface BucketRow {
  readonly bucket: string
  readonly state: Readonly<Record<string, number>>
  readonly not_before: string | null
  readonly today: number
}

const BUCKETS_SQL = `
  SELECT bucket, state, CASE WHEN not_before > now() THEN not_before END AS not_before,
    floor(extract(epoch FROM now()) / 86400)::int AS today
  FROM hub_rate_bucket WHERE connection_id = :connectionId AND deleted_at IS NULL`

export const loadBuckets = (sql: Sql, connectionId: string): Promise<BucketRow[]> =>
  query<BucketRow>(sql, BUCKETS_SQL, { connectionId })
