import { HubError } from "../../lib/errors"
import type { OpenConnection } from "../connections"
import { query } from "../sql"
import type { RunContext, RunKindDefinition, RunStep } from "./run-kind"
import { addOutcomes, isLaneBusy, noteTold, silenceLane, writePast, type WrittenItem } from "./write-past-lane"

interface RestoredItem extends WrittenItem {
  readonly id: string
}

type Progress =
  { readonly phase: "quiet"; readonly total: number } | { readonly phase: "writing"; readonly after: string }

const TOTAL_SQL = `
  SELECT count(i.id)::int AS total, count(DISTINCT p.id)::int AS snapshots
  FROM hub_snapshot p LEFT JOIN hub_snapshot_item i ON i.snapshot_id = p.id AND i.deleted_at IS NULL
  WHERE p.id = :snapshotId AND p.connection_id = :connectionId AND p.completed_at IS NOT NULL AND p.deleted_at IS NULL`

const PAGE_SQL = `
  SELECT i.id, i.listing_state_id, i.quantity, l.external_id AS external_listing_id, s.external_location_id
  FROM hub_snapshot_item i
  JOIN hub_listing_state s ON s.id = i.listing_state_id AND s.deleted_at IS NULL
  JOIN hub_listing l ON l.id = s.listing_id AND l.deleted_at IS NULL
  WHERE i.snapshot_id = :snapshotId AND i.deleted_at IS NULL AND i.quantity IS NOT NULL AND i.id > :after
  ORDER BY i.id LIMIT :limit`

const RESTORED_SQL = "UPDATE hub_snapshot_item SET restored_at = clock_timestamp() WHERE id = ANY(:ids)"
const SNAPSHOT_SQL =
  "UPDATE hub_snapshot SET restored_at = clock_timestamp(), updated_at = now() WHERE id = :snapshotId"

const WAIT_MS = 250

function snapshotOf({ scope }: RunContext): string {
  if (!scope.snapshot_id) {
    throw new HubError({ kind: "invalid-data", message: "A restore-snapshot run needs a snapshot_id in its scope." })
  }
  return scope.snapshot_id
}

/** From here on the lane writes nothing more, or it would put its own numbers over those that are put back. */
async function begin(context: RunContext, connectionId: string): Promise<RunStep> {
  const [found] = await query<{ total: number; snapshots: number }>(context.sql, TOTAL_SQL, {
    snapshotId: snapshotOf(context),
    connectionId,
  })
  if (!found?.snapshots) {
    throw new HubError({
      kind: "not-found",
      message: `Connection ${connectionId} has no snapshot ${snapshotOf(context)}.`,
    })
  }
  await silenceLane(context.sql, connectionId)
  return {
    progress: { phase: "quiet", total: found.total },
    counts: { ...context.counts, total: found.total },
    againInMs: WAIT_MS,
  }
}

async function awaitQuiet(context: RunContext, connectionId: string, progress: Progress): Promise<RunStep> {
  return (await isLaneBusy(context.sql, connectionId))
    ? { progress, counts: context.counts, againInMs: WAIT_MS }
    : { progress: { phase: "writing", after: "" }, counts: context.counts, againInMs: 0 }
}

async function write(context: RunContext, open: OpenConnection, after: string): Promise<RunStep> {
  const snapshotId = snapshotOf(context)
  const items = await query<RestoredItem>(context.sql, PAGE_SQL, { snapshotId, after, limit: open.traits.maxBatch })
  const last = items.at(-1)
  if (!last) {
    await query(context.sql, SNAPSHOT_SQL, { snapshotId })
    const { total, succeeded, failed } = context.counts
    // What the channel did not tell, or what is gone since, cannot be put back.
    return {
      progress: { phase: "writing", after },
      counts: { total, succeeded, failed, skipped: total - succeeded - failed },
      againInMs: null,
    }
  }
  const outcomes = await writePast(open, `restore-${context.runId}-${items[0]?.id ?? ""}`, items)
  await noteTold(context.sql, items, outcomes)
  await query(context.sql, RESTORED_SQL, {
    ids: items.filter((_, index) => outcomes[index]?.status === "accepted").map((item) => item.id),
  })
  return {
    progress: { phase: "writing", after: last.id },
    counts: addOutcomes(context.counts, outcomes),
    againInMs: 0,
  }
}

/**
 * Puts a channel back to what it showed before we wrote to it. The connection goes into shadow first and stays there until a
 * person takes it live again.
 */
export const restoreSnapshotRun: RunKindDefinition = {
  kind: "restore-snapshot",
  step: async (context) => {
    const open = await context.connection()
    const progress = context.progress as Progress | null
    if (progress === null) {
      return begin(context, open.id)
    }
    return progress.phase === "quiet" ? awaitQuiet(context, open.id, progress) : write(context, open, progress.after)
  },
}
