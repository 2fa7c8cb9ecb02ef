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

// A run that began has a lease while somebody works on it; a run without one belongs to the request that began it.
const FAIL_SQL = `
  UPDATE hub_run r SET state = 'failed', finished_at = clock_timestamp(), updated_at = now(), lease_token = NULL,
    error = 'The process that did it is gone (ended by hub doctor).'
  WHERE ${IS_STUCK} RETURNING r.id`

export function judgeRuns({ stuck, waiting }: RunFacts): Finding[] {
  const findings: Finding[] = []
  if (stuck.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(stuck[0]?.total ?? 0, "run")} said to be running, but nothing was heard of for ${STUCK_MINUTES} minutes.`,
      means: "Nobody works on it any more. Numbers are not wrong because of it: lanes do their work apart from runs.",
      fix: "hub doctor --fix ends them as failed. Then start them again.",
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
  repair: {
    describe: ({ stuck }) => (stuck.length > 0 ? `end ${countOf(stuck[0]?.total ?? 0, "stuck run")} as failed` : null),
    run: async (sql) => {
      const ended = await query(sql, FAIL_SQL, { minutes: STUCK_MINUTES })
      return `Ended ${countOf(ended.length, "stuck run")} as failed.`
    },
  },
})
