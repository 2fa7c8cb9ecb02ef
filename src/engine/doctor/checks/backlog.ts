import { query } from "../../sql"
import { countOf, defineCheck, durationOf, type Finding } from "../check"

export interface BacklogFacts {
  readonly count: number
  readonly oldestSeconds: number | null
}

/** The marker looks every 100 ms; a minute means that none is at work. */
const LATE_SECONDS = 60
const DOWN_SECONDS = 600

// By the key: the oldest are the first ones, and a long queue is not counted to its end.
const BACKLOG_SQL = `
  SELECT (SELECT count(*) FROM (SELECT 1 FROM hub_stock_change LIMIT 100000) queue)::int AS count,
    (SELECT extract(epoch FROM clock_timestamp() - min(caused_at))::float8
     FROM (SELECT caused_at FROM hub_stock_change ORDER BY id LIMIT 1000) head) AS "oldestSeconds"`

export function judgeBacklog({ count, oldestSeconds }: BacklogFacts): Finding[] {
  if (oldestSeconds === null || oldestSeconds < LATE_SECONDS) {
    return []
  }
  return [
    {
      severity: oldestSeconds < DOWN_SECONDS ? "degraded" : "down",
      what: `${countOf(count, "captured stock change")} wait${count === 1 ? "s" : ""} to be marked, the oldest for ${durationOf(oldestSeconds)}.`,
      means: "Channels do not hear of these changes.",
      fix: "See that a worker runs (check workers). To mark once by hand: hub sweep.",
      ids: [],
      count,
    },
  ]
}

export const backlog = defineCheck<BacklogFacts>({
  id: "backlog",
  title: "Captured stock changes are taken up at once",
  tables: ["hub_stock_change"],
  cost: "quick",
  load: async ({ sql }) => (await query<BacklogFacts>(sql, BACKLOG_SQL))[0] ?? { count: 0, oldestSeconds: null },
  judge: judgeBacklog,
  note: ({ count }) => `${countOf(count, "change")} waiting`,
})
