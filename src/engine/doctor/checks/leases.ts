import { query } from "../../sql"
import { countedIds, countOf, defineCheck, type CountedId, type Finding } from "../check"

export interface LeaseFacts {
  readonly rows: readonly CountedId[]
  readonly messages: readonly CountedId[]
}

/** A worker takes an ended lease up within its poll; what is left after this has no worker. */
const FORGOTTEN_SECONDS = 120

const ROWS_SQL = `
  SELECT s.id, count(*) OVER ()::int AS total FROM hub_listing_state s
  JOIN hub_connection c ON c.id = s.connection_id AND c.state IN ('connected', 'degraded') AND c.deleted_at IS NULL
  WHERE s.lease_until < clock_timestamp() - make_interval(secs => :forgotten) AND s.lease_token IS NOT NULL
    AND s.deleted_at IS NULL AND (s.stale_version > s.acked_version OR s.recheck_at IS NOT NULL)
  ORDER BY s.id LIMIT 10`

const MESSAGES_SQL = `
  SELECT e.id, count(*) OVER ()::int AS total FROM hub_inbox_event e
  WHERE e.state = 'accepted' AND e.lease_until < clock_timestamp() - make_interval(secs => :forgotten)
    AND e.lease_token IS NOT NULL AND e.deleted_at IS NULL
  ORDER BY e.id LIMIT 10`

export function judgeLeases({ rows, messages }: LeaseFacts): Finding[] {
  const of = (found: readonly CountedId[], one: string, means: string): Finding[] =>
    found.length === 0
      ? []
      : [
          {
            severity: "degraded",
            what: `${countOf(found[0]?.total ?? 0, one)} belong${(found[0]?.total ?? 0) === 1 ? "s" : ""} to a worker that died, and no other has taken over for ${FORGOTTEN_SECONDS / 60} minutes.`,
            means,
            fix: "See that a worker runs (check workers): it takes them over by itself, and writes them once more, because the last write may have got through.",
            ...countedIds(found),
          },
        ]
  return [
    ...of(rows, "listing", "Their numbers on the channel are unknown."),
    ...of(messages, "message", "What they say, for example an order, is not in Medusa yet."),
  ]
}

export const leases = defineCheck<LeaseFacts>({
  id: "leases",
  title: "No work belongs to a worker that is gone",
  tables: ["hub_listing_state", "hub_inbox_event"],
  cost: "quick",
  load: async ({ sql }) => ({
    rows: await query(sql, ROWS_SQL, { forgotten: FORGOTTEN_SECONDS }),
    messages: await query(sql, MESSAGES_SQL, { forgotten: FORGOTTEN_SECONDS }),
  }),
  judge: judgeLeases,
})
