import { ALIVE_SECONDS } from "../../queries/worker-alive"
import { query } from "../../sql"
import { countOf, defineCheck, durationOf, type Finding } from "../check"

export interface SeenWorker {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly lockProvider: string | null
  /** Since it was last heard of, by the database's clock. */
  readonly silentSeconds: number
}

export interface WorkerFacts {
  readonly workers: readonly SeenWorker[]
  /** There is a connection for which a worker would have something to do. */
  readonly hasConnections: boolean
}

const WORKERS_SQL = `
  SELECT id, host, pid, version, lock_provider AS "lockProvider",
    extract(epoch FROM clock_timestamp() - seen_at)::float8 AS "silentSeconds"
  FROM hub_worker WHERE deleted_at IS NULL AND seen_at > clock_timestamp() - interval '1 day' ORDER BY seen_at DESC LIMIT 100`

const CONNECTIONS_SQL = `
  SELECT EXISTS (SELECT 1 FROM hub_connection WHERE state IN ('connected', 'degraded') AND deleted_at IS NULL) AS "hasConnections"`

/** A worker that cannot tell says null; that is no reason to shout. */
const isInMemory = ({ lockProvider }: SeenWorker): boolean => lockProvider !== null && /memory/i.test(lockProvider)

const nameOf = (worker: SeenWorker): string => `${worker.host}:${worker.pid}`

export function judgeWorkers({ workers, hasConnections }: WorkerFacts): Finding[] {
  const alive = workers.filter(({ silentSeconds }) => silentSeconds < ALIVE_SECONDS)
  const findings: Finding[] = []
  if (alive.length === 0 && hasConnections) {
    const last = workers[0]
    findings.push({
      severity: "down",
      what: last
        ? `No worker is alive. The last one, ${nameOf(last)}, was heard of ${durationOf(last.silentSeconds)} ago.`
        : "No worker is alive, and none was within a day.",
      means: "No number reaches a channel and no order is taken up. Nothing is lost: work waits in the database.",
      fix: "Start Medusa with MEDUSA_WORKER_MODE=worker or shared, and look at its log.",
      ids: [],
      count: 0,
    })
  }
  const unlocked = alive.filter(isInMemory)
  if (alive.length > 1 && unlocked.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${alive.length} workers share this database, but ${unlocked.length} of them use a locking provider that lives in one process.`,
      means:
        "Medusa's own reservations are not safe: two orders can reserve the last unit at the same moment. This is how shops oversell.",
      fix: "Register @medusajs/medusa/locking-postgres (or locking-redis) in medusa-config.ts as the default and restart every process.",
      ids: unlocked.slice(0, 10).map(nameOf),
      count: unlocked.length,
    })
  }
  const versions = [...new Set(alive.map(({ version }) => version))].sort()
  if (versions.length > 1) {
    findings.push({
      severity: "degraded",
      what: `Workers run different versions: ${versions.join(", ")}.`,
      means: "This is fine while a deployment rolls. If it stays, one of them was forgotten.",
      fix: "Finish the deployment.",
      ids: alive.slice(0, 10).map((worker) => `${nameOf(worker)}@${worker.version}`),
      count: alive.length,
    })
  }
  return findings
}

export const workers = defineCheck<WorkerFacts>({
  id: "workers",
  title: "A worker is alive, and several share a lock",
  tables: ["hub_worker", "hub_connection"],
  cost: "quick",
  load: async ({ sql }) => {
    const [connections] = await query<{ hasConnections: boolean }>(sql, CONNECTIONS_SQL)
    return {
      workers: await query<SeenWorker>(sql, WORKERS_SQL),
      hasConnections: connections?.hasConnections ?? false,
    }
  },
  judge: judgeWorkers,
  note: (facts) =>
    `${countOf(facts.workers.filter(({ silentSeconds }) => silentSeconds < ALIVE_SECONDS).length, "worker")} alive`,
})
