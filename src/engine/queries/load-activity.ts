import type { HubActivity } from "../../types/http/insight"
import { query, type Sql } from "../sql"

/*
 * Numbers and orders are counted by connection and minute: on a busy day single ones would be all that one sees. Of each
 * part only the newest are taken.
 */
const SQL = `
  WITH events AS (
    (SELECT 'run:' || r.id AS id, COALESCE(r.finished_at, r.started_at, r.created_at) AS at, 'run' AS kind, r.connection_id,
      r.kind AS subject, r.state AS detail, r.total_count AS count, r.id AS run_id
    FROM hub_run r WHERE r.deleted_at IS NULL AND r.created_at > clock_timestamp() - interval '1 day'
    ORDER BY r.created_at DESC LIMIT :limit)
    UNION ALL
    (SELECT 'issue:' || i.id, i.created_at, 'issue', i.connection_id, i.code, i.severity, 1, NULL
    FROM hub_issue i WHERE i.deleted_at IS NULL AND i.last_seen_at > clock_timestamp() - interval '1 day'
    ORDER BY i.last_seen_at DESC LIMIT :limit)
    UNION ALL
    (SELECT 'held:' || lane.id || ':' || extract(epoch FROM lane.guard_since), lane.guard_since, 'held', lane.connection_id,
      lane.guard_state, NULL,
      (SELECT count(*)::int FROM hub_listing_state s WHERE s.connection_id = lane.connection_id
        AND s.state_reason IN ('mass-change', 'loop') AND s.state = 'held' AND s.deleted_at IS NULL), NULL
    FROM hub_lane lane WHERE lane.guard_state = 'holding' AND lane.deleted_at IS NULL)
    UNION ALL
    (SELECT 'order:' || x.connection_id || ':' || extract(epoch FROM date_trunc('minute', x.updated_at)), max(x.updated_at),
      'order', x.connection_id, max(x.external_id), NULL, count(*)::int, NULL
    FROM hub_external_reference x
    WHERE x.entity = 'order' AND x.external_version > 0 AND x.deleted_at IS NULL
      AND x.updated_at > clock_timestamp() - interval '1 day'
    GROUP BY x.connection_id, date_trunc('minute', x.updated_at)
    ORDER BY 2 DESC LIMIT :limit)
    UNION ALL
    (SELECT 'sent:' || e.connection_id || ':' || extract(epoch FROM date_trunc('minute', e.settled_at)), max(e.settled_at), 'sent',
      e.connection_id, NULL, NULL, count(*)::int, NULL
    FROM hub_explanation e
    WHERE e.outcome = 'accepted' AND e.computed_at > clock_timestamp() - interval '30 minutes'
    GROUP BY e.connection_id, date_trunc('minute', e.settled_at)
    ORDER BY 2 DESC LIMIT :limit)
  )
  SELECT e.id, e.at, e.kind, e.connection_id, c.name AS connection_name, e.subject, e.detail, e.count, e.run_id
  FROM events e LEFT JOIN hub_connection c ON c.id = e.connection_id
  WHERE e.at IS NOT NULL AND (CAST(:connectionId AS text) IS NULL OR e.connection_id = :connectionId)
  ORDER BY e.at DESC, e.id LIMIT :limit`

/** What happened lately, the newest first: at most a day back, numbers half an hour. */
export const loadActivity = (
  sql: Sql,
  filter: { readonly connectionId: string | null; readonly limit: number }
): Promise<HubActivity[]> => query<HubActivity>(sql, SQL, { ...filter })
