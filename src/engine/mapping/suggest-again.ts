import { HubError } from "../../lib/errors"
import { linkListings } from "../listings/import-listings"
import { query, type Sql } from "../sql"

/**
 * Links and suggests anew, for example after products were added: one connection, or every one for null.
 *
 * Fails with `not-found` for an unknown connection.
 */
export async function suggestAgain(sql: Sql, connectionId: string | null): Promise<void> {
  const connections = await query<{ id: string }>(
    sql,
    "SELECT id FROM hub_connection WHERE deleted_at IS NULL AND (CAST(:connectionId AS text) IS NULL OR id = :connectionId) ORDER BY id",
    { connectionId }
  )
  if (connectionId !== null && connections.length === 0) {
    throw new HubError({ kind: "not-found", message: `There is no connection ${connectionId}.` })
  }
  for (const { id } of connections) {
    await linkListings(sql, id)
  }
}
