import { query } from "../../sql"
import { countedIds, countOf, defineCheck, durationOf, type CountedId, type Finding } from "../check"

export interface RunFacts {
  readonly stuck: readonly CountedId[]
  readonly waiting: readonly (CountedId & { readonly seconds: number })[]
}

const STUCK_MINUTES = 15
const WAITING_SECONDS = 120

/** Its lease is over, or it never had one and nothing was heard of it. */
const IS_STUCK = `r.state = 'running' AND r.deleted_at IS NULL
  AND COALESCE(r.lease_until, r.updated_at) < clock_timestamp() - make_interval(mins => :minutes)`

const STUCK_SQL = `
  SELECT r.id, count(*) OVER ()::int AS total FROM hub_run r WHERE ${IS_STUCK} ORDER BY r.id LIMIT 10`

const WAITING_SQL = `
  SELECT r.id, count(*) OVER ()::int AS total, extract(epoch FROM clock_timestamp() - r.created_at)::float8 AS seconds
  FROM hub_run r
  WHERE r.state = 'queued' AND r.deleted_at IS NULL AND r.created_at < clock_timestamp() - make_interval(secs => :waiting)
  ORDER BY r.created_at LIMIT 10`

export function judgeRuns({ stuck, waiting }: RunFacts): Finding[] {
  const findings: Finding[] = []
  if (stuck.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(stuck[0]?.total ?? 0, "run")} said to be running, but nothing was heard of for ${STUCK_MINUTES} minutes.`,
      means: "Nobody works on it at the moment. No number is wrong because of it: lanes do their work apart from runs.",
      fix: "See that a worker runs (check workers): it goes on where the last one stopped. Or give up: hub runs cancel ID.",
      ...countedIds(stuck),
    })
  }
  if (waiting.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(waiting[0]?.total ?? 0, "run")} waiting to be taken up, the oldest for ${durationOf(waiting[0]?.seconds ?? 0)}.`,
      means: "What somebody asked for has not begun.",
      fix: "See that a worker runs (check workers), or cancel it with hub runs cancel ID.",
      ...countedIds(waiting),
    })
  }
  return findings
}

export const runs = defineCheck<RunFacts>({
  id: "runs",
  title: "Runs that began also end",
  tables: ["hub_run"],
  cost: "quick",
  load: async ({ sql }) => ({
    stuck: await query(sql, STUCK_SQL, { minutes: STUCK_MINUTES }),
    waiting: await query(sql, WAITING_SQL, { waiting: WAITING_SECONDS }),
  }),
  judge: judgeRuns,
})
