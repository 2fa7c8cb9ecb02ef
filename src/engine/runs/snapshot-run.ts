import type { OpenConnection } from "../connections"
import { countObservableRows } from "../reconcile/observe-rows"
import { setWriteMode } from "../snapshot/set-write-mode"
import { beginSnapshot, endSnapshot, readSnapshotPage } from "../snapshot/take-snapshot"
import { query } from "../sql"
import { NO_COUNTS, type RunContext, type RunKindDefinition, type RunStep } from "./run-kind"

interface Progress {
  readonly snapshotId: string
  readonly after: string
}

async function begin(context: RunContext, connection: OpenConnection, reason: string): Promise<Progress> {
  return { snapshotId: await beginSnapshot(context.sql, connection, reason), after: "" }
}

/** One page more. The run is done when the snapshot is complete. */
async function readOn(context: RunContext, connection: OpenConnection, progress: Progress): Promise<RunStep> {
  const { sql, counts } = context
  const page = await readSnapshotPage(sql, connection, { id: progress.snapshotId, after: progress.after })
  const succeeded = counts.succeeded + page.told
  const skipped = counts.skipped + page.untold
  if (page.after !== null) {
    const total = Math.max(await countObservableRows(sql, connection.id), succeeded + skipped)
    return {
      progress: { ...progress, after: page.after },
      counts: { total, succeeded, skipped, failed: 0 },
      againInMs: 0,
    }
  }
  await endSnapshot(sql, progress.snapshotId)
  return {
    progress: { ...progress },
    counts: { total: succeeded + skipped, succeeded, skipped, failed: 0 },
    againInMs: null,
  }
}

/** Keeps what a channel shows, for a preview and to be put back. */
export const takeSnapshotRun: RunKindDefinition = {
  kind: "take-snapshot",
  step: async (context) => {
    const connection = await context.connection()
    const progress = (context.progress as Progress | null) ?? (await begin(context, connection, "preview"))
    return readOn(context, connection, progress)
  },
}

/** Listings that come in after the snapshot could not be put back. */
const IMPORTING_SQL = `
  SELECT EXISTS (SELECT 1 FROM hub_run WHERE connection_id = :connectionId AND kind = 'import-listings'
    AND state IN ('queued', 'running') AND deleted_at IS NULL) AS is_importing`

const IMPORT_WAIT_MS = 250

/** Keeps what a channel shows, and only then lets the connection write. A channel that cannot tell goes live at once. */
export const goLiveRun: RunKindDefinition = {
  kind: "go-live",
  step: async (context) => {
    const connection = await context.connection()
    const [running] = await query<{ is_importing: boolean }>(context.sql, IMPORTING_SQL, {
      connectionId: connection.id,
    })
    if (running?.is_importing) {
      return { progress: context.progress ?? {}, counts: NO_COUNTS, againInMs: IMPORT_WAIT_MS }
    }
    if (!connection.client.pullStock) {
      await setWriteMode(context.sql, connection.id, { mode: "live", requestedBy: null })
      return { progress: {}, counts: NO_COUNTS, againInMs: null }
    }
    const known = context.progress as Partial<Progress> | null
    const progress =
      known?.snapshotId === undefined
        ? await begin(context, connection, "go-live")
        : { snapshotId: known.snapshotId, after: known.after ?? "" }
    const step = await readOn(context, connection, progress)
    if (step.againInMs === null) {
      await setWriteMode(context.sql, connection.id, { mode: "live", requestedBy: null })
    }
    return step
  },
}
