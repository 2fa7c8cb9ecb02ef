import type { HubFailure } from "../../lib/errors"
import { raiseIssues } from "../issues"
import { moveIfPossible } from "../move-connection"
import { query, type Sql } from "../sql"

/** Kind and key of the issue about a fault of our own. */
export const ENGINE_TROUBLE = "engine-trouble"
const NEEDS_REAUTHORISATION = "needs-reauthorisation"

/** The channel refuses our credentials. Work waits, nothing is given up, and a person is asked once. */
export async function parkForCredentials(
  sql: Sql,
  connection: { readonly id: string; readonly companyId: string; readonly name: string },
  refusal: { readonly changedAt: number; readonly failure: HubFailure }
): Promise<void> {
  // Only while the settings are those that were refused: a refusal that comes late must not park a connection whose
  // credentials have been entered anew meanwhile.
  const isParked = await moveIfPossible(sql, {
    connectionId: connection.id,
    event: "refused",
    reason: refusal.failure.message,
    requestedBy: null,
    ifChangedAt: refusal.changedAt,
  })
  if (!isParked) {
    return
  }
  await raiseIssues(sql, [
    {
      companyId: connection.companyId,
      connectionId: connection.id,
      listingId: null,
      code: NEEDS_REAUTHORISATION,
      severity: "critical",
      message: `${connection.name} refuses our credentials: ${refusal.failure.message} Enter them anew; work waits and goes on by itself.`,
      dedupeKey: NEEDS_REAUTHORISATION,
    },
  ])
}

const CONNECTION_SQL = "SELECT company_id, name FROM hub_connection WHERE id = :connectionId AND deleted_at IS NULL"

/** Something of our own keeps a lane from working: nothing is written, nothing is lost, and a person hears of it once. */
export async function raiseTrouble(sql: Sql, connectionId: string, failure: HubFailure): Promise<void> {
  const [connection] = await query<{ company_id: string; name: string }>(sql, CONNECTION_SQL, { connectionId })
  if (connection) {
    await raiseIssues(sql, [
      {
        companyId: connection.company_id,
        connectionId,
        listingId: null,
        code: ENGINE_TROUBLE,
        severity: "critical",
        message:
          `Nothing is written to ${connection.name} at the moment, because the hub stumbles: ${failure.message} ` +
          `It tries again by itself. If this lasts, run "hub doctor".`,
        dedupeKey: ENGINE_TROUBLE,
      },
    ])
  }
}
