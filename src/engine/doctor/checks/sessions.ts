import { query } from "../../sql"
import { countOf, defineCheck, durationOf, type Finding } from "../check"

export interface SessionFacts {
  readonly idle: readonly { readonly id: string; readonly total: number; readonly seconds: number }[]
  /** Age of the oldest snapshot that keeps old rows from being cleaned away, in seconds. */
  readonly oldestSeconds: number | null
  readonly used: number
  readonly allowed: number
}

const IDLE_SECONDS = 60
const OLD_SECONDS = 600

const IDLE_SQL = `
  SELECT pid::text AS id, count(*) OVER ()::int AS total,
    extract(epoch FROM clock_timestamp() - state_change)::float8 AS seconds
  FROM pg_stat_activity
  WHERE state LIKE 'idle in transaction%' AND datname = current_database()
    AND state_change < clock_timestamp() - make_interval(secs => :idle)
  ORDER BY state_change LIMIT 10`

const XMIN_SQL = `
  SELECT max(extract(epoch FROM clock_timestamp() - xact_start))::float8 AS "oldestSeconds",
    (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
    current_setting('max_connections')::int AS allowed
  FROM pg_stat_activity
  WHERE backend_xmin IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid()`

export function judgeSessions({ idle, oldestSeconds, used, allowed }: SessionFacts): Finding[] {
  const findings: Finding[] = []
  const [first] = idle
  if (first) {
    findings.push({
      severity: "degraded",
      what: `${countOf(first.total, "database session")} idle in a transaction, the oldest for ${durationOf(first.seconds)}.`,
      means: "It may hold locks that sales wait for, and keeps the database from cleaning up.",
      fix: "Find out what it is (pg_stat_activity by pid) and end it: SELECT pg_terminate_backend(pid). Consider idle_in_transaction_session_timeout.",
      ids: idle.map(({ id }) => id),
      count: first.total,
    })
  }
  if (oldestSeconds !== null && oldestSeconds > OLD_SECONDS) {
    findings.push({
      severity: "degraded",
      what: `A transaction has been open for ${durationOf(oldestSeconds)}.`,
      means: "Rows that changed since then cannot be cleaned up: the hub's tables grow and its queries slow down.",
      fix: "Look for it in pg_stat_activity, oldest xact_start first.",
      ids: [],
      count: 1,
    })
  }
  if (used > allowed * 0.9) {
    findings.push({
      severity: "degraded",
      what: `${used} of ${allowed} database connections are in use.`,
      means: "New ones are about to be refused, and then webhooks are answered with an error.",
      fix: "Lower the pool of each process, raise max_connections, or put a pooler in front.",
      ids: [],
      count: used,
    })
  }
  return findings
}

export const sessions = defineCheck<SessionFacts>({
  id: "sessions",
  title: "No database session holds the others up",
  tables: [],
  cost: "quick",
  load: async ({ sql }) => {
    const [row] = await query<Omit<SessionFacts, "idle">>(sql, XMIN_SQL)
    return {
      idle: await query(sql, IDLE_SQL, { idle: IDLE_SECONDS }),
      oldestSeconds: row?.oldestSeconds ?? null,
      used: row?.used ?? 0,
      allowed: row?.allowed ?? 0,
    }
  },
  judge: judgeSessions,
  note: ({ used, allowed }) => `${used} of ${allowed} connections in use`,
})
