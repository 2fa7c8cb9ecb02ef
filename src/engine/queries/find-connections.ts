import { query, type Sql } from "../sql"
import { HubError } from "../../lib/errors"

export interface FoundConnection {
  readonly id: string
  readonly name: string
  readonly company_id: string
}

/** Connections by id or name; all of them without one. Throws `not-found`. */
export async function findConnections(sql: Sql, nameOrId: string | undefined): Promise<FoundConnection[]> {
  const found = await query<FoundConnection>(
    sql,
    `SELECT id, name, company_id FROM hub_connection
     WHERE deleted_at IS NULL AND (CAST(:key AS text) IS NULL OR id = :key OR name = :key) ORDER BY name`,
    { key: nameOrId ?? null }
  )
  if (found.length === 0 && nameOrId !== undefined) {
    throw new HubError({ kind: "not-found", message: `There is no connection "${nameOrId}". hub status lists them.` })
  }
  return found
}
