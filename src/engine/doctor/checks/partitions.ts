import { DAILY_TABLES, maintainPartitions, planPartitions, type DailyTable } from "../../partitions"
import { query, type Sql } from "../../sql"
import { countOf, defineCheck, SHOWN_IDS, type Finding } from "../check"

export interface PartitionFacts {
  readonly missing: readonly string[]
  readonly old: readonly string[]
  /** Rows that no day took. */
  readonly strayRows: number
}

const URGENT_DAYS_MS = 86_400_000

async function loadTable(sql: Sql, daily: DailyTable): Promise<PartitionFacts> {
  const rows = await query<{ name: string; today: Date }>(
    sql,
    "SELECT inhrelid::regclass::text AS name, now() AS today FROM pg_inherits WHERE inhparent = to_regclass(:table)",
    { table: daily.table }
  )
  const [stray] = await query<{ count: number }>(
    sql,
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${daily.table}_default LIMIT 1000) stray`
  )
  const today = rows[0]?.today ?? new Date(0)
  const plan = planPartitions(
    daily,
    rows.map(({ name }) => name),
    today
  )
  // The job makes a week ahead; only today and tomorrow are urgent.
  const tomorrow = new Date(today.getTime() + URGENT_DAYS_MS).toISOString().slice(0, 10).replaceAll("-", "")
  return {
    missing: plan.create.map(({ name }) => name).filter((name) => name <= `${daily.table}_${tomorrow}`),
    old: plan.drop,
    strayRows: stray?.count ?? 0,
  }
}

async function load(sql: Sql): Promise<PartitionFacts> {
  const facts = await Promise.all(DAILY_TABLES.map((daily) => loadTable(sql, daily)))
  return {
    missing: facts.flatMap(({ missing }) => missing),
    old: facts.flatMap(({ old }) => old),
    strayRows: Math.max(...facts.map(({ strayRows }) => strayRows)),
  }
}

export function judgePartitions({ missing, old, strayRows }: PartitionFacts): Finding[] {
  const findings: Finding[] = []
  if (missing.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(missing.length, "daily partition")} missing for today or tomorrow.`,
      means: "Rows go into the default partition, which is slower to clean. None is lost.",
      fix: "hub doctor --fix makes them. See that the job prune-hub-history runs (check ticks).",
      ids: missing.slice(0, SHOWN_IDS),
      count: missing.length,
    })
  }
  if (old.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(old.length, "partition")} older than they have to be kept.`,
      means: "They only take up space.",
      fix: "hub doctor --fix drops them. See that the job prune-hub-history runs (check ticks).",
      ids: old.slice(0, SHOWN_IDS),
      count: old.length,
    })
  }
  if (strayRows >= 1_000) {
    findings.push({
      severity: "degraded",
      what: "A thousand or more rows lie in a default partition.",
      means: "The job that makes partitions did not run for days. None is lost.",
      fix: "Nothing by hand: they are deleted after 90 days. See that the job prune-hub-history runs (check ticks).",
      ids: [],
      count: strayRows,
    })
  }
  return findings
}

export const partitions = defineCheck<PartitionFacts>({
  id: "partitions",
  title: "Explanations have a partition for today, and none too many",
  tables: ["hub_explanation", "hub_explanation_default"],
  cost: "quick",
  load: ({ sql }) => load(sql),
  judge: judgePartitions,
  repair: {
    describe: ({ missing, old }) =>
      missing.length + old.length > 0 ? `make ${countOf(missing.length, "partition")}, drop ${old.length} old` : null,
    run: async (sql) => {
      const { created, dropped } = await maintainPartitions(sql)
      return `Made ${countOf(created, "partition")}, dropped ${dropped}.`
    },
  },
})
