import type { WriteMode } from "../../types/states"
import { recordChange } from "../connection/record-change"
import { releaseRows } from "../guard/release-guards"
import { SHADOW } from "../lane/lane-reducer"
import { query, type Sql } from "../sql"

const MODE_SQL = `
  UPDATE hub_connection SET write_mode = :to
  WHERE id = :connectionId AND write_mode <> :to AND deleted_at IS NULL RETURNING id`

export interface ModeChange {
  readonly mode: WriteMode
  /** A user id; null when the hub does it by itself. */
  readonly requestedBy: string | null
}

/** Who wants shadow now does not want to go live in a minute. */
const CANCEL_SQL = `
  UPDATE hub_run SET cancel_requested_at = COALESCE(cancel_requested_at, clock_timestamp()), updated_at = now()
  WHERE connection_id = :connectionId AND kind = 'go-live' AND state IN ('queued', 'running') AND deleted_at IS NULL`

/**
 * Lets a connection write, or stops it from writing. What was previewed goes out when it goes live.
 *
 * @returns whether anything changed
 */
export async function setWriteMode(
  sql: Sql,
  connectionId: string,
  { mode, requestedBy }: ModeChange
): Promise<boolean> {
  return sql.transaction(async (transaction) => {
    const changed = await query(transaction, MODE_SQL, { connectionId, to: mode })
    if (changed.length > 0) {
      const from: WriteMode = mode === "live" ? "shadow" : "live"
      await recordChange(transaction, {
        connectionId,
        kind: "mode",
        requestedBy,
        changes: [{ field: "write_mode", from, to: mode }],
      })
    }
    if (mode === "shadow") {
      await query(transaction, CANCEL_SQL, { connectionId })
    } else if (changed.length > 0) {
      await releaseRows(transaction, connectionId, [SHADOW])
    }
    return changed.length > 0
  })
}
