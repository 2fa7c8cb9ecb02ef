import { HubError, toFailure } from "../../lib/errors"
import type { StockWriteOutcome } from "../../types/channel"
import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import type { OpenConnection } from "../connections"
import { query, type Sql } from "../sql"
import type { RunContext, RunCounts, RunKindDefinition, RunStep } from "./run-kind"

interface Item {
  readonly id: string
  readonly listing_state_id: string
  readonly quantity: number
  readonly external_listing_id: ExternalListingId
  readonly external_location_id: ExternalLocationId
}

type Progress =
  { readonly phase: "quiet"; readonly total: number } | { readonly phase: "writing"; readonly after: string }

const MODE_SQL = `
  UPDATE hub_connection SET write_mode = 'shadow', updated_at = now() WHERE id = :connectionId AND deleted_at IS NULL`

const TOTAL_SQL = `
  SELECT count(i.id)::int AS total, count(DISTINCT p.id)::int AS snapshots
  FROM hub_snapshot p LEFT JOIN hub_snapshot_item i ON i.snapshot_id = p.id AND i.deleted_at IS NULL
  WHERE p.id = :snapshotId AND p.connection_id = :connectionId AND p.completed_at IS NOT NULL AND p.deleted_at IS NULL`

const LEASED_SQL = `
  SELECT EXISTS (SELECT 1 FROM hub_listing_state
    WHERE connection_id = :connectionId AND lease_until > now() AND deleted_at IS NULL) AS is_leased`

const PAGE_SQL = `
  SELECT i.id, i.listing_state_id, i.quantity, l.external_id AS external_listing_id, s.external_location_id
  FROM hub_snapshot_item i
  JOIN hub_listing_state s ON s.id = i.listing_state_id AND s.deleted_at IS NULL
  JOIN hub_listing l ON l.id = s.listing_id AND l.deleted_at IS NULL
  WHERE i.snapshot_id = :snapshotId AND i.deleted_at IS NULL AND i.quantity IS NOT NULL AND i.id > :after
  ORDER BY i.id LIMIT :limit`

/** What the channel was told: as good as accepted, or unknown. */
const TOLD_SQL = `
  WITH told AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id text, acked integer)),
  locked AS (SELECT s.id FROM hub_listing_state s JOIN told ON told.id = s.id ORDER BY s.id FOR UPDATE OF s)
  UPDATE hub_listing_state s SET acked = told.acked, observed = COALESCE(told.acked, s.observed),
    observed_at = CASE WHEN told.acked IS NULL THEN s.observed_at ELSE clock_timestamp() END,
    exposed = told.acked, touched_at = clock_timestamp(), updated_at = now()
  FROM told JOIN locked ON locked.id = told.id WHERE s.id = told.id`

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
  await query(context.sql, MODE_SQL, { connectionId })
  return {
    progress: { phase: "quiet", total: found.total },
    counts: { ...context.counts, total: found.total },
    againInMs: WAIT_MS,
  }
}

async function awaitQuiet(context: RunContext, connectionId: string, progress: Progress): Promise<RunStep> {
  const [leases] = await query<{ is_leased: boolean }>(context.sql, LEASED_SQL, { connectionId })
  return leases?.is_leased
    ? { progress, counts: context.counts, againInMs: WAIT_MS }
    : { progress: { phase: "writing", after: "" }, counts: context.counts, againInMs: 0 }
}

async function writeItems(
  open: OpenConnection,
  runId: string,
  items: readonly Item[]
): Promise<readonly StockWriteOutcome[]> {
  if (!open.client.pushStock) {
    throw new HubError({ kind: "unsupported", message: `${open.name} cannot receive stock.` })
  }
  try {
    return await open.client.pushStock(
      items.map((item) => ({
        externalListingId: item.external_listing_id,
        externalLocationId: item.external_location_id,
        quantity: item.quantity,
        compareWith: null,
      })),
      `restore-${runId}-${items[0]?.id ?? ""}`.slice(0, 100)
    )
  } catch (error) {
    const failure = toFailure(error)
    if (failure.kind === "transient" || failure.kind === "rate-limited") {
      throw error
    }
    return items.map(() => ({ status: "failed", failure }))
  }
}

async function noteTold(sql: Sql, items: readonly Item[], outcomes: readonly StockWriteOutcome[]): Promise<void> {
  await query(sql, TOLD_SQL, {
    rows: JSON.stringify(
      items.map((item, index) => ({
        id: item.listing_state_id,
        acked: outcomes[index]?.status === "accepted" ? item.quantity : null,
      }))
    ),
  })
  await query(sql, RESTORED_SQL, {
    ids: items.filter((_, index) => outcomes[index]?.status === "accepted").map((item) => item.id),
  })
}

function addOutcomes(counts: RunCounts, outcomes: readonly StockWriteOutcome[]): RunCounts {
  const accepted = outcomes.filter(({ status }) => status === "accepted").length
  return {
    ...counts,
    succeeded: counts.succeeded + accepted,
    failed: counts.failed + outcomes.length - accepted,
  }
}

async function write(context: RunContext, open: OpenConnection, after: string): Promise<RunStep> {
  const snapshotId = snapshotOf(context)
  const items = await query<Item>(context.sql, PAGE_SQL, { snapshotId, after, limit: open.traits.maxBatch })
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
  const outcomes = await writeItems(open, context.runId, items)
  await noteTold(context.sql, items, outcomes)
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
