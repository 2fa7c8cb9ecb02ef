import { query } from "../../sql"
import { countOf, defineCheck, durationOf, type Finding } from "../check"

export interface TickFacts {
  readonly ticks: readonly { readonly name: string; readonly silentSeconds: number | null }[]
  /** Since the longest-living worker began, in seconds; null when none is alive. */
  readonly workingSeconds: number | null
}

/** What comes round by the clock, and how long its windows are. */
export const TICK_WINDOWS: Readonly<Record<string, number>> = {
  "sweep-hub-stock": 60,
  "check-hub-connections": 60,
  "poll-hub-orders": 60,
  "reconcile-hub-stock": 900,
  "audit-hub-explanations": 86_400,
}

const MEANS: Readonly<Record<string, string>> = {
  "check-hub-connections": "A channel that is down is noticed only when something is written to it.",
  "sweep-hub-stock": "A change that neither the trigger nor an event told of is not found.",
  "poll-hub-orders": "An order whose webhook got lost is not found.",
  "reconcile-hub-stock": "A number that somebody changed on a channel is not found.",
  "audit-hub-explanations": "Numbers that were sent are not checked.",
}

/** One missed window may be a restart. */
const MISSED_WINDOWS = 3

const TICKS_SQL = `
  SELECT name, (SELECT extract(epoch FROM clock_timestamp() - max(t.window_start))::float8
    FROM hub_tick t WHERE t.name = wanted.name AND t.window_start > clock_timestamp() - interval '8 days') AS "silentSeconds"
  FROM unnest(CAST(:names AS text[])) AS wanted(name)`

const WORKING_SQL = `
  SELECT max(extract(epoch FROM clock_timestamp() - started_at))::float8 AS seconds FROM hub_worker
  WHERE seen_at > clock_timestamp() - interval '30 seconds' AND deleted_at IS NULL`

export function judgeTicks({ ticks, workingSeconds }: TickFacts): Finding[] {
  const late = ticks.filter(({ name, silentSeconds }) => {
    const allowed = (TICK_WINDOWS[name] ?? Infinity) * MISSED_WINDOWS
    // Without a worker nothing ticks, and the check of the workers says so.
    return workingSeconds !== null && workingSeconds > allowed && (silentSeconds ?? Infinity) > allowed
  })
  return late.map(({ name, silentSeconds }) => ({
    severity: "degraded",
    what: `The job ${name} should run every ${durationOf(TICK_WINDOWS[name] ?? 0)} and ${silentSeconds === null ? "never ran in a week" : `last ran ${durationOf(silentSeconds)} ago`}.`,
    means: MEANS[name] ?? "",
    fix: "Look for errors of scheduled jobs in the worker's log, and restart it. Medusa may stop scheduling a job after an error.",
    ids: [name],
    count: 1,
  }))
}

export const ticks = defineCheck<TickFacts>({
  id: "ticks",
  title: "Scheduled jobs run once in each of their windows",
  tables: ["hub_tick", "hub_worker"],
  cost: "quick",
  load: async ({ sql }) => {
    const [working] = await query<{ seconds: number | null }>(sql, WORKING_SQL)
    return {
      ticks: await query<TickFacts["ticks"][number]>(sql, TICKS_SQL, { names: Object.keys(TICK_WINDOWS) }),
      workingSeconds: working?.seconds ?? null,
    }
  },
  judge: judgeTicks,
  note: (facts) =>
    `${countOf(facts.ticks.filter(({ silentSeconds }) => silentSeconds !== null).length, "job")} heard of`,
})
