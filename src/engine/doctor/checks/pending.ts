import { RUNNING_CONNECTION_STATES } from "../../../types/states"
import { query } from "../../sql"
import { countOf, defineCheck, durationOf, type Finding } from "../check"

export interface PendingLane {
  readonly id: string
  readonly name: string
  /** Rows that are stale for longer than {@link LATE_SECONDS}. */
  readonly late: number
  readonly oldestSeconds: number
  /** The lane is told to wait until then, and why; null when it may work. */
  readonly waitsBecause: string | null
}

const LATE_SECONDS = 300

const PENDING_SQL = `
  SELECT c.id, c.name, late.count AS late, late.oldest AS "oldestSeconds",
    CASE WHEN lane.guard_state = 'holding' THEN 'the guard holds a mass change'
         WHEN lane.breaker_state <> 'closed' THEN 'its breaker is ' || lane.breaker_state
         WHEN lane.not_before > clock_timestamp() THEN COALESCE(lane.not_before_reason, 'it was asked to wait') END AS "waitsBecause"
  FROM hub_connection c
  JOIN LATERAL (
    SELECT count(*)::int AS count, max(extract(epoch FROM clock_timestamp() - LEAST(s.stale_since, s.claimed_since)))::float8 AS oldest
    FROM hub_listing_state s
    WHERE s.connection_id = c.id AND s.deleted_at IS NULL AND (s.stale_version > s.acked_version OR s.recheck_at IS NOT NULL)
      AND s.stale_version > s.acked_version AND s.state <> 'held'
      AND LEAST(s.stale_since, s.claimed_since) < clock_timestamp() - make_interval(secs => :lateSeconds)
  ) late ON late.count > 0
  LEFT JOIN hub_lane lane ON lane.connection_id = c.id AND lane.deleted_at IS NULL
  WHERE c.state = ANY(:states) AND c.deleted_at IS NULL AND c.write_mode = 'live'
  ORDER BY late.oldest DESC`

const toFinding = (lane: PendingLane): Finding => ({
  severity: "degraded",
  what: `${lane.name}: ${countOf(lane.late, "number")} did not get through, the oldest for ${durationOf(lane.oldestSeconds)}${lane.waitsBecause === null ? "" : `; ${lane.waitsBecause}`}.`,
  means: "This channel shows old quantities and may sell what is gone.",
  fix:
    lane.waitsBecause === null
      ? "Look at the connection's issues (hub status). If there are none, see that a worker runs (check workers)."
      : "It goes on by itself when the reason is gone; hub status has the issues.",
  ids: [lane.id],
  count: lane.late,
})

export const judgePending = (lanes: readonly PendingLane[]): Finding[] => lanes.map(toFinding)

export const pending = defineCheck<readonly PendingLane[]>({
  id: "pending",
  title: `No number waits longer than ${LATE_SECONDS / 60} minutes`,
  tables: ["hub_listing_state", "hub_lane"],
  cost: "quick",
  load: ({ sql }) => query(sql, PENDING_SQL, { lateSeconds: LATE_SECONDS, states: [...RUNNING_CONNECTION_STATES] }),
  judge: judgePending,
})
