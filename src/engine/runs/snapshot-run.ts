import type { OpenConnection } from "../connections"
import { countObservableRows } from "../reconcile/observe-rows"
import { setWriteMode } from "../snapshot/set-write-mode"
import { beginSnapshot, endSnapshot, readSnapshotPage, readUntold } from "../snapshot/take-snapshot"
import { query } from "../sql"
import { NO_COUNTS, type RunContext, type RunKindDefinition, type RunStep } from "./run-kind"

interface Progress {
  readonly snapshotId: string
  /** Null when every page has been read. */
  readonly after: string | null
  /** How often what was not told has been asked about again. */
  readonly rounds?: number
}

/** Rows that are being worked on are free again within seconds; a number that a channel never tells stays unknown. */
const MOST_ROUNDS = 5
const ROUND_WAIT_MS = 400

async function begin(context: RunContext, connection: OpenConnection, reason: string): Promise<Progress> {
  return { snapshotId: await beginSnapshot(context.sql, connection, reason), after: "" }
}

/** One page more. The run is done when the snapshot is complete. */
async function readOn(context: RunContext, connection: OpenConnection, progress: Progress): Promise<RunStep> {
  const { sql, counts } = context
  if (progress.after === null) {
    return askAgain(context, connection, progress)
  }
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
  const read = { total: succeeded + skipped, succeeded, skipped, failed: 0 }
  if (skipped > 0) {
    return { progress: { ...progress, after: null, rounds: 0 }, counts: read, againInMs: ROUND_WAIT_MS }
  }
  const counted = await endSnapshot(sql, progress.snapshotId)
  return { progress: { ...progress, after: null }, counts: { ...NO_COUNTS, ...counted }, againInMs: null }
}

/** Once more about what was not told, until it is or until there is no hope. */
async function askAgain({ sql, counts }: RunContext, connection: OpenConnection, progress: Progress): Promise<RunStep> {
  const { told, untold } = await readUntold(sql, connection, progress.snapshotId)
  const read = { ...counts, succeeded: counts.succeeded + told, skipped: counts.skipped - told }
  // As long as it tells more, it is worth asking: in a large shop many rows are being computed at first.
  const rounds = told > 0 ? 0 : (progress.rounds ?? 0) + 1
  const asked = told + untold
  if (asked > 0 && read.skipped > 0 && rounds < MOST_ROUNDS * Math.ceil(read.skipped / asked)) {
    return { progress: { ...progress, rounds }, counts: read, againInMs: ROUND_WAIT_MS }
  }
  const counted = await endSnapshot(sql, progress.snapshotId)
  return { progress: { ...progress, rounds }, counts: { ...NO_COUNTS, ...counted }, againInMs: null }
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
      await setWriteMode(context.sql, connection.id, { mode: "live", requestedBy: context.requestedBy })
      return { progress: {}, counts: NO_COUNTS, againInMs: null }
    }
    const known = context.progress as Partial<Progress> | null
    const progress =
      known?.snapshotId === undefined
        ? await begin(context, connection, "go-live")
        : { after: "", ...known, snapshotId: known.snapshotId }
    const step = await readOn(context, connection, progress)
    if (step.againInMs === null) {
      await setWriteMode(context.sql, connection.id, { mode: "live", requestedBy: context.requestedBy })
    }
    return step
  },
}
