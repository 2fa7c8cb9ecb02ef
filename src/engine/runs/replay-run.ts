import { HubError } from "../../lib/errors"
import { bindingsOf, SELECTED_SQL, type ReplaySelection } from "../inbound/replay-selection"
import { query } from "../sql"
import { wakeEngine } from "../wake"
import type { RunContext, RunCounts, RunKindDefinition, RunStep } from "./run-kind"

/** Messages that one step puts back. */
const BATCH = 200
/** Messages of the run that may wait at once: new ones of the channels must not stand behind thousands of old ones. */
const MOST_WAITING = 400
const WAIT_MS = 300

interface Progress {
  /** Id of the last message that was put back. */
  readonly after: string
  readonly total: number
  readonly isAllBack: boolean
}

/*
 * A message that only named its order is asked about anew, so it names it again. All others tell what they told: their version
 * says whether that is news.
 */
const REOPEN_SQL = `
  WITH chosen AS (
    SELECT e.id FROM hub_inbox_event e WHERE e.id > :after AND ${SELECTED_SQL} ORDER BY e.id LIMIT :limit
  ), reopened AS (
    UPDATE hub_inbox_event e SET state = 'accepted', attempts = 0, error = NULL, next_attempt_at = NULL, processed_at = NULL,
      lease_token = NULL, lease_until = NULL, replay_count = e.replay_count + 1, replayed_at = clock_timestamp(),
      replay_run_id = :runId, updated_at = now(),
      payload = CASE WHEN e.payload ->> 'fromHint' = 'true'
        THEN (e.payload - 'order' - 'fromHint') || jsonb_build_object('topic', 'order-hint', 'externalOrderId',
          e.payload -> 'order' ->> 'externalId')
        ELSE e.payload END
    FROM chosen WHERE e.id = chosen.id AND e.replay_run_id IS DISTINCT FROM :runId
      AND (e.lease_until IS NULL OR e.lease_until <= now())
    RETURNING e.id
  )
  SELECT max(id) AS last, count(*)::int AS seen, (SELECT count(*)::int FROM reopened) AS reopened FROM chosen`

const COUNT_SQL = `
  SELECT count(*) FILTER (WHERE state = 'processed')::int AS succeeded, count(*) FILTER (WHERE state = 'stale')::int AS stale,
    count(*) FILTER (WHERE state = 'accepted' AND error IS NOT NULL)::int AS failed,
    count(*) FILTER (WHERE state = 'accepted' AND error IS NULL)::int AS waiting
  FROM hub_inbox_event WHERE replay_run_id = :runId AND deleted_at IS NULL`

interface Stand {
  readonly succeeded: number
  readonly stale: number
  readonly failed: number
  readonly waiting: number
}

const selectionOf = ({ connectionId, scope }: RunContext): ReplaySelection => ({
  connectionId,
  messageIds: scope.message_ids ?? null,
  filter: scope.messages ?? {},
})

async function standOf({ sql, runId }: RunContext): Promise<Stand> {
  const [stand] = await query<Stand>(sql, COUNT_SQL, { runId })
  return stand ?? { succeeded: 0, stale: 0, failed: 0, waiting: 0 }
}

/** A message that told nothing new has been dealt with. What another replay has taken up meanwhile counts as left out. */
const toCounts = (total: number, stand: Stand, isOver: boolean): RunCounts => {
  const succeeded = stand.succeeded + stand.stale
  return { total, succeeded, skipped: isOver ? total - succeeded - stand.failed : 0, failed: stand.failed }
}

async function reopen(context: RunContext, progress: Progress): Promise<Progress> {
  const [batch] = await query<{ last: string | null; seen: number; reopened: number }>(context.sql, REOPEN_SQL, {
    ...bindingsOf(selectionOf(context)),
    after: progress.after,
    runId: context.runId,
    limit: BATCH,
  })
  wakeEngine(context.container)
  const { last = null, seen = 0, reopened = 0 } = batch ?? {}
  return { after: last ?? progress.after, total: progress.total + reopened, isAllBack: seen < BATCH }
}

async function step(context: RunContext): Promise<RunStep> {
  if (context.scope.message_ids === undefined && context.scope.messages === undefined) {
    throw new HubError({ kind: "invalid-data", message: "A replay has to say which messages. Begin it under Inbound." })
  }
  let progress = (context.progress as Progress | null) ?? { after: "", total: 0, isAllBack: false }
  if (!progress.isAllBack && (await standOf(context)).waiting < MOST_WAITING) {
    progress = await reopen(context, progress)
  }
  const stand = await standOf(context)
  const isOver = progress.isAllBack && stand.waiting === 0
  // A worker that died between putting messages back and saying so has put back more than it said.
  const total = Math.max(progress.total, stand.succeeded + stand.stale + stand.failed + stand.waiting)
  return {
    progress: { ...progress, total },
    counts: toCounts(total, stand, isOver),
    againInMs: isOver ? null : progress.isAllBack || stand.waiting >= MOST_WAITING ? WAIT_MS : 0,
  }
}

/**
 * Works on messages once more, in any order: what they tell is compared with what has been taken over, and what they only name is
 * read anew. A message that fails again goes on being tried by itself; the run only tells that it did.
 */
export const replayRun: RunKindDefinition = { kind: "replay-messages", step }
