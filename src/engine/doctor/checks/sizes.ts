import { query } from "../../sql"
import { defineCheck, SHOWN_IDS, type Finding } from "../check"

export interface TableSize {
  readonly name: string
  readonly bytes: number
  /** As the planner believes. */
  readonly rows: number
  readonly deadRows: number
}

const LARGE_BYTES = 20 * 1024 ** 3
const MANY_DEAD_ROWS = 1_000_000

// Partitions count for their table.
const SIZES_SQL = `
  SELECT COALESCE(parent.relname, c.relname) AS name, sum(pg_total_relation_size(c.oid))::float8 AS bytes,
    sum(GREATEST(c.reltuples, 0))::float8 AS rows, COALESCE(sum(pg_stat_get_dead_tuples(c.oid)), 0)::float8 AS "deadRows"
  FROM pg_class c
  LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class parent ON parent.oid = i.inhparent
  WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace(current_schema())
    AND (c.relname LIKE 'hub\\_%' OR c.relname IN ('workflow_execution', 'inventory_level', 'reservation_item'))
  GROUP BY 1 ORDER BY 2 DESC`

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(bytes < 10 * 1024 ** 2 ? 1 : 0)} MB`

export function judgeSizes(tables: readonly TableSize[]): Finding[] {
  const large = tables.filter(({ bytes }) => bytes > LARGE_BYTES)
  const bloated = tables.filter(({ rows, deadRows }) => deadRows > MANY_DEAD_ROWS && deadRows > rows)
  const findings: Finding[] = []
  if (large.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${large.map(({ name, bytes }) => `${name} takes ${megabytes(bytes)}`).join(", ")}.`,
      means: "The disk fills up, and a database without disk takes no orders.",
      fix: "See that the job prune-hub-history runs (check ticks). For workflow_execution see Medusa's retention settings.",
      ids: large.slice(0, SHOWN_IDS).map(({ name }) => name),
      count: large.length,
    })
  }
  if (bloated.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${bloated.map(({ name }) => name).join(", ")}: more rows are dead than alive.`,
      means:
        "Queries read what is gone. Autovacuum does not keep up, or an old transaction holds it back (check sessions).",
      fix: "Run VACUUM on these tables and see why autovacuum did not.",
      ids: bloated.slice(0, SHOWN_IDS).map(({ name }) => name),
      count: bloated.length,
    })
  }
  return findings
}

export const sizes = defineCheck<readonly TableSize[]>({
  id: "sizes",
  title: "The hub's tables stay small",
  tables: [],
  cost: "quick",
  load: ({ sql }) => query(sql, SIZES_SQL),
  judge: judgeSizes,
  note: (tables) =>
    tables
      .slice(0, 4)
      .map(({ name, bytes }) => `${name} ${megabytes(bytes)}`)
      .join(", "),
})
