import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { WriteMode } from "../../types/states"
import { openConnection } from "../connections"
import { releaseRows } from "../guard/release-guards"
import { SHADOW } from "../lane/lane-reducer"
import { query, type Sql } from "../sql"
import { takeSnapshot, type TakenSnapshot } from "./take-snapshot"

const LATEST_SQL = `
  SELECT id, item_count AS "itemCount" FROM hub_snapshot
  WHERE connection_id = :connectionId AND deleted_at IS NULL ORDER BY taken_at DESC LIMIT 1`

/**
 * Makes sure that what a channel shows can be put back before the hub writes to it for the first time.
 *
 * @returns null for a channel that cannot tell what it shows
 */
export async function ensureSnapshot(container: MedusaContainer, connectionId: string): Promise<TakenSnapshot | null> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [latest] = await query<TakenSnapshot>(sql, LATEST_SQL, { connectionId })
  if (latest) {
    return latest
  }
  const connection = await openConnection(container, connectionId)
  return connection.client.pullStock ? takeSnapshot(sql, connection, "first-write") : null
}

/** Keeps what a channel shows now, for a preview and to be put back. */
export async function takeSnapshotOf(
  container: MedusaContainer,
  connectionId: string,
  reason: string
): Promise<TakenSnapshot> {
  const connection = await openConnection(container, connectionId)
  return takeSnapshot(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), connection, reason)
}

const MODE_SQL = `
  UPDATE hub_connection SET write_mode = :to, updated_at = now()
  WHERE id = :connectionId AND write_mode <> :to AND deleted_at IS NULL RETURNING id`

/**
 * Lets a connection write, or stops it from writing. What was previewed goes out when it goes live.
 *
 * @returns whether anything changed
 */
export async function setWriteMode(sql: Sql, connectionId: string, mode: WriteMode): Promise<boolean> {
  return sql.transaction(async (transaction) => {
    const changed = await query(transaction, MODE_SQL, { connectionId, to: mode })
    if (changed.length > 0 && mode === "live") {
      await releaseRows(transaction, connectionId, [SHADOW])
    }
    return changed.length > 0
  })
}
