import { HubError } from "../../lib/errors"
import { query, type Sql } from "../sql"
import type { RunContext, RunCounts, RunKindDefinition } from "./run-kind"

/** The listing states that a run is about, and what they are asked to become. */
interface Selection {
  /** Condition over `s` (state), `l` (listing). */
  readonly where: string
  readonly bindings: Readonly<Record<string, string | readonly string[] | null>>
  /** Write the number even if the channel accepted the same one before. */
  readonly isForced: boolean
}

/*
 * Rows are locked in the order of their ids, as everywhere. An item is done with once its row has been acknowledged at the
 * version that is asked for here.
 */
const BEGIN_SQL = ({ where, isForced }: Selection): string => `
  WITH chosen AS MATERIALIZED (
    SELECT s.id, s.listing_id FROM hub_listing_state s
    JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
    WHERE s.deleted_at IS NULL AND (CAST(:connectionId AS text) IS NULL OR s.connection_id = :connectionId) AND ${where}
    ORDER BY s.id FOR UPDATE OF s
  ), marked AS (
    UPDATE hub_listing_state s SET stale_version = s.stale_version + 1, change_count = s.change_count + 1,
      stale_since = LEAST(s.stale_since, clock_timestamp()), next_attempt_at = NULL, state = 'pending',
      cause = COALESCE(NULLIF(s.cause, 'sale'), 'other'), flip_count = 0, flip_since = NULL,
      ${isForced ? "acked = NULL," : ""} updated_at = now()
    FROM chosen WHERE s.id = chosen.id
    RETURNING s.id, s.listing_id, s.company_id, s.stale_version
  )
  INSERT INTO hub_run_item (id, company_id, run_id, listing_state_id, listing_id, target_version)
  SELECT 'hritm_' || md5(:runId || marked.id), marked.company_id, :runId, marked.id, marked.listing_id, marked.stale_version
  FROM marked
  ON CONFLICT (run_id, listing_state_id) WHERE deleted_at IS NULL DO NOTHING`

const SETTLE_SQL = `
  UPDATE hub_run_item i SET updated_at = now(), reason = s.state_reason, message = s.error,
    outcome = CASE WHEN s.deleted_at IS NOT NULL OR s.state IN ('skipped', 'held') THEN 'skipped'
                   WHEN s.state = 'failed' THEN 'failed' ELSE 'succeeded' END
  FROM hub_listing_state s
  WHERE i.run_id = :runId AND i.outcome IS NULL AND i.deleted_at IS NULL AND s.id = i.listing_state_id
    AND (s.acked_version >= i.target_version OR s.deleted_at IS NOT NULL)`

const COUNT_SQL = `
  SELECT count(*)::int AS total, count(*) FILTER (WHERE outcome = 'succeeded')::int AS succeeded,
    count(*) FILTER (WHERE outcome IN ('skipped', 'cancelled'))::int AS skipped,
    count(*) FILTER (WHERE outcome = 'failed')::int AS failed
  FROM hub_run_item WHERE run_id = :runId AND deleted_at IS NULL`

const CANCEL_SQL = `
  UPDATE hub_run_item SET outcome = 'cancelled', updated_at = now()
  WHERE run_id = :runId AND outcome IS NULL AND deleted_at IS NULL`

/** How the items of a run stand. */
export async function countItems(sql: Sql, runId: string): Promise<RunCounts> {
  const [counts] = await query<RunCounts>(sql, COUNT_SQL, { runId })
  return counts ?? { total: 0, succeeded: 0, skipped: 0, failed: 0 }
}

/** Items that have not ended are given up; the numbers themselves stay wanted. */
export const cancelItems = (sql: Sql, runId: string): Promise<unknown> => query(sql, CANCEL_SQL, { runId })

const LOOK_AGAIN_MS = 250

/** A run that asks for some numbers to be brought in line, and follows each until it is. */
function syncRun(kind: RunKindDefinition["kind"], select: (context: RunContext) => Selection): RunKindDefinition {
  return {
    kind,
    step: async (context) => {
      const { sql, runId } = context
      if (context.progress === null) {
        const selection = select(context)
        await query(sql, BEGIN_SQL(selection), {
          runId,
          connectionId: context.connectionId,
          ...selection.bindings,
        })
      }
      await query(sql, SETTLE_SQL, { runId })
      const counts = await countItems(sql, runId)
      const isDone = counts.succeeded + counts.skipped + counts.failed === counts.total
      return { progress: { phase: "following" }, counts, againInMs: isDone ? null : LOOK_AGAIN_MS }
    },
  }
}

/** Every number of a connection, or of all: computed anew, written where it differs. */
export const syncAllRun = syncRun("sync-all", () => ({ where: "TRUE", bindings: {}, isForced: false }))

/** A few numbers, written whatever the channel accepted before: "push this one". */
export const syncSingleRun = syncRun("sync-single", ({ scope }) => {
  if (!scope.listing_ids?.length && !scope.sku) {
    throw new HubError({ kind: "invalid-data", message: "A sync-single run needs listing_ids or a sku in its scope." })
  }
  return {
    where: `(l.id = ANY(:listingIds) OR l.external_sku = :sku
      OR l.variant_id IN (SELECT v.id FROM product_variant v WHERE v.sku = :sku AND v.deleted_at IS NULL))`,
    bindings: { listingIds: scope.listing_ids ?? [], sku: scope.sku ?? null },
    isForced: true,
  }
})

/** What failed in an earlier run. */
export const retryFailedRun = syncRun("retry-failed", ({ scope }) => {
  if (!scope.run_id) {
    throw new HubError({
      kind: "invalid-data",
      message: "A retry-failed run needs the run_id of an earlier run in its scope.",
    })
  }
  return {
    where: `s.id IN (SELECT i.listing_state_id FROM hub_run_item i
      WHERE i.run_id = :earlierRunId AND i.outcome = 'failed' AND i.deleted_at IS NULL)`,
    bindings: { earlierRunId: scope.run_id },
    isForced: true,
  }
})
