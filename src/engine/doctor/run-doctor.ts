import { toFailure } from "../../lib/errors"
import type { HubCheck, HubHealthResponse } from "../../types/http/hub"
import { query, type Sql } from "../sql"
import type { DoctorCheck, DoctorContext, ExaminedCheck, Finding } from "./check"

export type CheckReport = HubCheck
export type DoctorReport = HubHealthResponse
type CheckStatus = CheckReport["status"]

export interface DoctorLimits {
  /** For all checks together. What is not reached in time is `unknown`. */
  readonly deadlineMs: number
  /** For one statement. */
  readonly statementMs: number
  readonly atOnce: number
}

const statusOf = (findings: readonly Finding[]): CheckStatus =>
  findings.some(({ severity }) => severity === "down") ? "down" : findings.length > 0 ? "degraded" : "ok"

/** Worst first; what could not be asked counts as degraded, because nobody knows. Pure. */
export function overallStatus(checks: readonly Pick<CheckReport, "status">[]): DoctorReport["status"] {
  if (checks.some(({ status }) => status === "down")) {
    return "down"
  }
  return checks.every(({ status }) => status === "ok") ? "ok" : "degraded"
}

async function missingTables(sql: Sql, tables: readonly string[]): Promise<string[]> {
  const rows = await query<{ name: string }>(
    sql,
    "SELECT name FROM unnest(CAST(:tables AS text[])) AS name WHERE to_regclass(name) IS NULL",
    { tables: [...tables] }
  )
  return rows.map(({ name }) => name)
}

/** Reads only, holds no lock that anybody waits for, and gives up in time. */
const examineWithin = (check: DoctorCheck, context: DoctorContext, ms: number): Promise<ExaminedCheck | string> =>
  context.sql.transaction(async (transaction) => {
    await transaction.raw(`SET LOCAL statement_timeout = ${Math.max(1, Math.floor(ms))}`)
    await transaction.raw("SET TRANSACTION READ ONLY")
    const missing = await missingTables(transaction, check.tables)
    return missing.length > 0
      ? `It cannot be asked: ${missing.join(", ")} is not there yet. Run medusa db:migrate.`
      : check.examine({ ...context, sql: transaction })
  })

/** So much longer than its statement may a check take, before nobody waits for it any more. */
const GRACE_MS = 200

const QUERY_CANCELED = "57014"

function wordsOf(error: unknown): string {
  if (!(error instanceof Error && "code" in error)) {
    return `It could not be asked: ${toFailure(error).message}`
  }
  // The client puts the statement before what the database said.
  return error.code === QUERY_CANCELED
    ? "It took too long to ask."
    : `It could not be asked: ${error.message.split(" - ").at(-1) ?? ""}`
}

/** Also when nobody gives us a connection: whoever asks for the health of a crowded database must not wait in the crowd. */
function orTooLate<T>(answer: Promise<T>, ms: number): Promise<T | string> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve("It took too long to ask.")
    }, ms)
  })
  return Promise.race([answer, tooLate]).finally(() => {
    clearTimeout(timer)
  })
}

async function report(check: DoctorCheck, context: DoctorContext, ms: number): Promise<CheckReport> {
  const begun = performance.now()
  const answer =
    ms > 0
      ? await orTooLate(examineWithin(check, context, ms).catch(wordsOf), ms + GRACE_MS)
      : "There was no time left to ask."
  const base = { id: check.id, title: check.title, took_ms: Math.round(performance.now() - begun) }
  return typeof answer === "string"
    ? { ...base, status: "unknown", findings: [], note: answer, repair: null }
    : { ...base, ...answer, status: statusOf(answer.findings) }
}

/**
 * Asks every check, some at once, each in a transaction that only reads.
 *
 * Never throws for a check: one that fails or takes too long is `unknown`.
 */
export async function runDoctor(
  checks: readonly DoctorCheck[],
  context: DoctorContext,
  limits: DoctorLimits
): Promise<DoctorReport> {
  const deadline = performance.now() + limits.deadlineMs
  const reports = new Map<string, CheckReport>()
  const queue = [...checks]
  const work = async (): Promise<void> => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const left = Math.min(limits.statementMs, deadline - performance.now())
      reports.set(check.id, await report(check, context, left))
    }
  }
  await Promise.all(Array.from({ length: limits.atOnce }, work))
  const ordered = checks.flatMap(({ id }) => reports.get(id) ?? [])
  return { status: overallStatus(ordered), checks: ordered }
}
