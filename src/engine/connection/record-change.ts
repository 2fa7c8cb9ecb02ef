import { generateEntityId } from "@medusajs/framework/utils"
import type { ConnectionChangeKind } from "../../types/http/connection"
import { query, type Sql } from "../sql"

export interface FieldChange {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

export interface RecordedChange {
  readonly connectionId: string
  readonly kind: Exclude<ConnectionChangeKind, "state">
  readonly requestedBy: string | null
  /** Never a secret: of credentials only their names. */
  readonly changes: readonly FieldChange[]
}

/* The version counts every change, and every process opens the connection anew, because it looks at `updated_at`. */
const RECORD_SQL = `
  WITH changed AS (
    UPDATE hub_connection SET version = version + 1, updated_at = clock_timestamp()
    WHERE id = :connectionId AND deleted_at IS NULL RETURNING id, company_id, version
  )
  INSERT INTO hub_connection_change (id, company_id, connection_id, kind, version, requested_by, changes, occurred_at)
  SELECT :id, company_id, id, :kind, version, :requestedBy, CAST(:changes AS jsonb), clock_timestamp() FROM changed
  RETURNING version`

/**
 * Counts a change of a connection and keeps it for the timeline.
 *
 * @returns the version that the connection has now
 */
export async function recordChange(sql: Sql, change: RecordedChange): Promise<number> {
  const [recorded] = await query<{ version: number }>(sql, RECORD_SQL, {
    id: generateEntityId(undefined, "hcchg"),
    connectionId: change.connectionId,
    kind: change.kind,
    requestedBy: change.requestedBy,
    changes: JSON.stringify(change.changes),
  })
  return recorded?.version ?? 0
}
