import { generateEntityId } from "@medusajs/framework/utils"
import { query, type Sql } from "../sql"

export interface RunOutcome {
  readonly total: number
  readonly succeeded: number
  readonly skipped: number
  readonly failed: number
  /** Set when the run as a whole broke off. */
  readonly error?: string
}

/** Longer than any batch takes that is done in one go. If its process dies, a worker takes it up after that. */
const INLINE_LEASE_MINUTES = 15

/** Begins a batch of work that a person can see, and that the caller does at once. */
export async function startRun(
  sql: Sql,
  run: { readonly companyId: string; readonly connectionId: string; readonly kind: string }
): Promise<string> {
  const id = generateEntityId(undefined, "hrun")
  await query(
    sql,
    `INSERT INTO hub_run (id, company_id, connection_id, kind, state, started_at, lease_token, lease_until)
     VALUES (:id, :companyId, :connectionId, :kind, 'running', clock_timestamp(), 'inline',
       clock_timestamp() + make_interval(mins => :minutes))`,
    { id, ...run, minutes: INLINE_LEASE_MINUTES }
  )
  return id
}

/** Which state a run ends in. A run whose outcomes do not add up to its total has lost items: that is a failure. Pure. */
export function runState(outcome: RunOutcome): "succeeded" | "succeeded-with-problems" | "failed" {
  const isComplete = outcome.succeeded + outcome.skipped + outcome.failed === outcome.total
  if (outcome.error !== undefined || !isComplete) {
    return "failed"
  }
  return outcome.failed > 0 || outcome.skipped > 0 ? "succeeded-with-problems" : "succeeded"
}

/** Ends a run with its totals. */
export async function finishRun(sql: Sql, id: string, outcome: RunOutcome): Promise<void> {
  await query(
    sql,
    `UPDATE hub_run SET state = :state, total_count = :total, succeeded_count = :succeeded, skipped_count = :skipped,
       failed_count = :failed, error = :error, finished_at = clock_timestamp(), lease_token = NULL, lease_until = NULL,
       updated_at = now() WHERE id = :id`,
    {
      id,
      state: runState(outcome),
      total: outcome.total,
      succeeded: outcome.succeeded,
      skipped: outcome.skipped,
      failed: outcome.failed,
      error: outcome.error ?? null,
    }
  )
}
