import type { HubQueueLane, HubQueueResponse, HubQueueWorker } from "../../types/http/insight"
import { query, type Sql } from "../sql"
import { ALIVE_SECONDS } from "./worker-alive"

/** A lane's rows that the channel does not show yet and that nobody holds back. */
const PENDING_SQL = "s.stale_version > s.acked_version AND s.state <> 'held'"

const AGE_SQL = "extract(epoch FROM clock_timestamp() - LEAST(s.stale_since, s.claimed_since))::float8"

const LANES_SQL = `
  SELECT c.id AS connection_id, c.name AS connection_name, COALESCE(rows.pending_count, 0) AS pending_count,
    rows.oldest_pending_seconds, COALESCE(rows.leased_count, 0) AS leased_count,
    COALESCE(rows.retrying_count, 0) AS retrying_count, COALESCE(rows.held_count, 0) AS held_count,
    (SELECT count(*)::int FROM hub_inbox_event e
      WHERE e.connection_id = c.id AND e.state = 'accepted' AND e.deleted_at IS NULL) AS inbox_waiting_count,
    COALESCE(lane.breaker_state, 'closed') AS breaker_state,
    CASE WHEN lane.not_before > clock_timestamp() THEN lane.not_before END AS not_before,
    CASE WHEN lane.not_before > clock_timestamp() THEN lane.not_before_reason END AS not_before_reason,
    COALESCE(rows.under_10s, 0) AS under_10s, COALESCE(rows.under_1min, 0) AS under_1min,
    COALESCE(rows.under_5min, 0) AS under_5min, COALESCE(rows.under_1h, 0) AS under_1h, COALESCE(rows.over_1h, 0) AS over_1h
  FROM hub_connection c
  LEFT JOIN hub_lane lane ON lane.connection_id = c.id AND lane.deleted_at IS NULL
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE ${PENDING_SQL})::int AS pending_count,
      max(${AGE_SQL}) FILTER (WHERE ${PENDING_SQL}) AS oldest_pending_seconds,
      count(*) FILTER (WHERE s.lease_until > clock_timestamp())::int AS leased_count,
      count(*) FILTER (WHERE s.attempts > 0 AND ${PENDING_SQL})::int AS retrying_count,
      count(*) FILTER (WHERE s.state = 'held')::int AS held_count,
      count(*) FILTER (WHERE ${PENDING_SQL} AND COALESCE(${AGE_SQL}, 0) < 10)::int AS under_10s,
      count(*) FILTER (WHERE ${PENDING_SQL} AND ${AGE_SQL} >= 10 AND ${AGE_SQL} < 60)::int AS under_1min,
      count(*) FILTER (WHERE ${PENDING_SQL} AND ${AGE_SQL} >= 60 AND ${AGE_SQL} < 300)::int AS under_5min,
      count(*) FILTER (WHERE ${PENDING_SQL} AND ${AGE_SQL} >= 300 AND ${AGE_SQL} < 3600)::int AS under_1h,
      count(*) FILTER (WHERE ${PENDING_SQL} AND ${AGE_SQL} >= 3600)::int AS over_1h
    FROM hub_listing_state s WHERE s.connection_id = c.id AND s.deleted_at IS NULL
  ) rows ON true
  WHERE c.deleted_at IS NULL ORDER BY c.name`

const INBOX_SQL = `
  SELECT count(*) FILTER (WHERE state = 'accepted')::int AS waiting_count,
    count(*) FILTER (WHERE state = 'accepted' AND attempts > 0)::int AS retrying_count,
    count(*) FILTER (WHERE state = 'failed')::int AS failed_count,
    extract(epoch FROM clock_timestamp() - min(received_at) FILTER (WHERE state = 'accepted'))::float8 AS oldest_seconds
  FROM hub_inbox_event WHERE deleted_at IS NULL AND state IN ('accepted', 'failed')`

const RUNS_SQL = `
  SELECT count(*) FILTER (WHERE state = 'queued')::int AS queued_count,
    count(*) FILTER (WHERE state = 'running')::int AS running_count
  FROM hub_run WHERE deleted_at IS NULL AND state IN ('queued', 'running')`

// By the key: a long queue is not counted to its end.
const CAPTURED_SQL = "SELECT count(*)::int AS count FROM (SELECT 1 FROM hub_stock_change LIMIT 100000) queue"

const WORKERS_SQL = `
  SELECT id, host, pid, version, started_at, seen_at,
    seen_at > clock_timestamp() - make_interval(secs => :aliveSeconds) AS is_alive
  FROM hub_worker WHERE deleted_at IS NULL AND seen_at > clock_timestamp() - interval '1 hour'
  ORDER BY seen_at DESC LIMIT 100`

type Ages = HubQueueResponse["pending"]["by_age"]

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const oldest = (ages: readonly (number | null)[]): number | null => {
  const known = ages.filter((age) => age !== null)
  return known.length === 0 ? null : Math.max(...known)
}

/** What waits, what is being worked on, and by whom. Of connections that are gone nothing is counted. */
export async function loadQueue(sql: Sql): Promise<HubQueueResponse> {
  const [lanes, [inbox], [runs], [captured], workers] = await Promise.all([
    query<HubQueueLane & Ages>(sql, LANES_SQL),
    query<HubQueueResponse["inbox"]>(sql, INBOX_SQL),
    query<HubQueueResponse["runs"]>(sql, RUNS_SQL),
    query<{ count: number }>(sql, CAPTURED_SQL),
    query<HubQueueWorker>(sql, WORKERS_SQL, { aliveSeconds: ALIVE_SECONDS }),
  ])
  const total = (field: keyof Ages | "pending_count" | "leased_count" | "retrying_count" | "held_count"): number =>
    sum(lanes.map((lane) => lane[field]))
  return {
    pending: {
      count: total("pending_count"),
      oldest_seconds: oldest(lanes.map((lane) => lane.oldest_pending_seconds)),
      by_age: {
        under_10s: total("under_10s"),
        under_1min: total("under_1min"),
        under_5min: total("under_5min"),
        under_1h: total("under_1h"),
        over_1h: total("over_1h"),
      },
    },
    captured_count: captured?.count ?? 0,
    leased_count: total("leased_count"),
    retrying_count: total("retrying_count"),
    held_count: total("held_count"),
    inbox: inbox ?? { waiting_count: 0, retrying_count: 0, failed_count: 0, oldest_seconds: null },
    runs: runs ?? { queued_count: 0, running_count: 0 },
    workers,
    lanes: lanes.map(({ under_10s: _a, under_1min: _b, under_5min: _c, under_1h: _d, over_1h: _e, ...lane }) => lane),
  }
}
