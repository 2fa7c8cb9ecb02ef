import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { backoffMs } from "../../lib/backoff"
import { HubError, isRetryable, toFailure } from "../../lib/errors"
import type { EngineOptions } from "../../types/options"
import type { RunKind } from "../../types/states"
import { openConnection } from "../connections"
import { failpoint } from "../failpoint"
import { query, type Sql } from "../sql"
import { RUNS } from "."
import { runState } from "./run-state"
import type { RunScope } from "./request-run"
import type { RunCounts, RunProgress, RunStep } from "./run-kind"
import { cancelItems, countItems } from "./sync-run"

interface ClaimedRun extends RunCounts {
  readonly id: string
  readonly kind: RunKind
  readonly connection_id: string | null
  readonly requested_by: string | null
  readonly scope: RunScope | null
  readonly progress: RunProgress | null
  readonly is_cancelled: boolean
  readonly failures: number
}

/** Longer than any step takes. A run whose worker died is taken up again after this time. */
const LEASE_SECONDS = 120
/** How long one worker stays with a run that has more to do at once. */
const TURN_MS = 2_000
/** After so many failures of one step in a row, a run gives up and says why. */
const MOST_FAILURES = 8

/* A pause between two steps is a lease without a token. */
const CLAIM_SQL = `
  UPDATE hub_run r SET state = 'running', started_at = COALESCE(r.started_at, clock_timestamp()), lease_token = :token,
    lease_until = now() + make_interval(secs => :leaseSeconds), updated_at = now()
  WHERE r.id = (
    SELECT id FROM hub_run
    WHERE state IN ('queued', 'running') AND deleted_at IS NULL AND (lease_until IS NULL OR lease_until <= now())
      AND kind = ANY(:kinds)
    ORDER BY (state = 'queued'), created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING r.id, r.kind, r.connection_id, r.requested_by, r.scope, r.progress -> 'of_kind' AS progress,
    COALESCE((r.progress ->> 'failures')::int, 0) AS failures, r.cancel_requested_at IS NOT NULL AS is_cancelled,
    r.total_count AS total, r.succeeded_count AS succeeded, r.skipped_count AS skipped, r.failed_count AS failed`

const SAVE_SQL = `
  UPDATE hub_run SET progress = CAST(:progress AS jsonb), total_count = :total, succeeded_count = :succeeded,
    skipped_count = :skipped, failed_count = :failed, error = :error, updated_at = now(),
    lease_token = CASE WHEN :isKept THEN lease_token END,
    lease_until = CASE WHEN :isKept THEN now() + make_interval(secs => :leaseSeconds)
                       ELSE now() + make_interval(secs => :pauseSeconds) END
  WHERE id = :id AND lease_token = :token
  RETURNING cancel_requested_at IS NOT NULL AS is_cancelled`

const END_SQL = `
  UPDATE hub_run SET state = :state, total_count = :total, succeeded_count = :succeeded, skipped_count = :skipped,
    failed_count = :failed, error = :error, finished_at = clock_timestamp(), lease_token = NULL, lease_until = NULL,
    updated_at = now()
  WHERE id = :id AND lease_token = :token`

interface Turn {
  readonly container: MedusaContainer
  readonly sql: Sql
  readonly options: EngineOptions
  readonly token: string
}

const countsOf = ({ total, succeeded, skipped, failed }: RunCounts): Record<keyof RunCounts, number> => ({
  total,
  succeeded,
  skipped,
  failed,
})

async function end(turn: Turn, run: ClaimedRun, counts: RunCounts, error: string | null): Promise<void> {
  const state = runState({ ...counts, ...(error === null ? {} : { error }) })
  await query(turn.sql, END_SQL, { id: run.id, token: turn.token, state, error, ...countsOf(counts) })
}

/** What has not ended is counted as left out, so that the totals add up. */
async function cancel(turn: Turn, run: ClaimedRun): Promise<void> {
  await cancelItems(turn.sql, run.id)
  const items = await countItems(turn.sql, run.id)
  const counts = items.total > 0 ? items : { ...run, skipped: run.total - run.succeeded - run.failed }
  await query(turn.sql, END_SQL, {
    id: run.id,
    token: turn.token,
    state: "cancelled",
    error: null,
    ...countsOf(counts),
  })
}

const stepOf = (turn: Turn, run: ClaimedRun): Promise<RunStep> =>
  RUNS[run.kind].step({
    container: turn.container,
    sql: turn.sql,
    runId: run.id,
    requestedBy: run.requested_by,
    scope: run.scope ?? {},
    connectionId: run.connection_id,
    counts: countsOf(run),
    progress: run.progress,
    connection: async () => {
      if (run.connection_id === null) {
        throw new HubError({ kind: "invalid-data", message: `A run of kind ${run.kind} needs a connection.` })
      }
      return openConnection(turn.container, run.connection_id)
    },
  })

/** A step that failed is tried again if that can help. Otherwise the run ends and says why. */
async function fail(turn: Turn, run: ClaimedRun, error: unknown): Promise<void> {
  const failure = toFailure(error)
  // To wait for one's turn is no failure, however often it happens.
  const failures = failure.kind === "rate-limited" ? run.failures : run.failures + 1
  if (!isRetryable(failure.kind) || failures > MOST_FAILURES) {
    return end(turn, run, countsOf(run), failure.message)
  }
  await query(turn.sql, SAVE_SQL, {
    id: run.id,
    token: turn.token,
    ...countsOf(run),
    progress: JSON.stringify({ of_kind: run.progress, failures }),
    error: failure.message,
    isKept: false,
    leaseSeconds: LEASE_SECONDS,
    pauseSeconds: (failure.retryAfterMs ?? backoffMs(failures, Math.random())) / 1_000,
  })
}

async function save(
  turn: Turn,
  run: ClaimedRun,
  step: RunStep,
  isKept: boolean
): Promise<{ is_cancelled: boolean } | null> {
  const [saved] = await query<{ is_cancelled: boolean }>(turn.sql, SAVE_SQL, {
    id: run.id,
    token: turn.token,
    ...countsOf(step.counts),
    progress: JSON.stringify({ of_kind: step.progress, failures: 0 }),
    error: null,
    isKept,
    leaseSeconds: LEASE_SECONDS,
    pauseSeconds: (step.againInMs ?? 0) / 1_000,
  })
  return saved ?? null
}

/** @returns the run as it is after one step, or null when this worker is done with it */
async function takeStep(turn: Turn, run: ClaimedRun, until: number): Promise<ClaimedRun | null> {
  if (run.is_cancelled) {
    await cancel(turn, run)
    return null
  }
  const step = await stepOf(turn, run)
  await failpoint("run.step")
  if (step.againInMs === null) {
    await end(turn, run, step.counts, null)
    return null
  }
  const isKept = step.againInMs === 0 && performance.now() < until
  const saved = await save(turn, run, step, isKept)
  return saved && isKept
    ? { ...run, ...step.counts, progress: step.progress, failures: 0, is_cancelled: saved.is_cancelled }
    : null
}

/** A step that fails takes nothing away from those before it, also not from those of the same turn. */
async function takeTurn(turn: Turn, claimed: ClaimedRun): Promise<void> {
  const until = performance.now() + TURN_MS
  let run = claimed
  try {
    for (let next: ClaimedRun | null = run; next; next = await takeStep(turn, run, until)) {
      run = next
    }
  } catch (error) {
    await fail(turn, run, error)
  }
}

/**
 * Takes up one run that waits and stays with it for a while. Several workers may call it at once; a run has one at a time.
 *
 * @returns whether there was one
 */
export async function workOnRuns(container: MedusaContainer, options: EngineOptions): Promise<boolean> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const token = randomUUID()
  const [run] = await query<ClaimedRun>(sql, CLAIM_SQL, {
    token,
    leaseSeconds: LEASE_SECONDS,
    kinds: Object.keys(RUNS),
  })
  if (!run) {
    return false
  }
  await takeTurn({ container, sql, options, token }, run)
  return true
}
