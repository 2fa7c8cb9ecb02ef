import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import type { HubReplayEstimate } from "../../types/http/inbound"
import { engineOptions } from "../connect"
import { requestRun } from "../runs/request-run"
import { query, type Sql } from "../sql"
import { wakeEngine } from "../wake"
import { estimateReplay } from "./estimate-replay"
import type { ReplaySelection } from "./replay-selection"

const NOW_SQL = `SELECT to_char(clock_timestamp() AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS now`

const UNKNOWN_SQL = `
  SELECT wanted.id FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS wanted(id)
  WHERE NOT EXISTS (SELECT 1 FROM hub_inbox_event e WHERE e.id = wanted.id AND e.deleted_at IS NULL) LIMIT 1`

/** A delivery that was rejected has no message: what nobody has signed is never worked on. */
async function requireMessages(sql: Sql, ids: readonly string[]): Promise<void> {
  const [unknown] = await query<{ id: string }>(sql, UNKNOWN_SQL, { ids: JSON.stringify(ids) })
  if (unknown) {
    throw new HubError({ kind: "not-found", message: `There is no message ${unknown.id} that could be replayed.` })
  }
}

export interface ReplayRequest {
  readonly selection: ReplaySelection
  /** Only tells what it would do. */
  readonly isDry: boolean
  readonly requestedBy: string
}

/**
 * Has messages worked on once more, as a run, after telling what that would do.
 *
 * Throws `not-found` that names a message that there is not.
 *
 * @returns the run's id; null for a dry run and when there is nothing to replay
 */
export async function requestReplay(
  container: MedusaContainer,
  { selection, isDry, requestedBy }: ReplayRequest
): Promise<{ estimate: HubReplayEstimate; runId: string | null }> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (selection.messageIds !== null) {
    await requireMessages(sql, selection.messageIds)
  }
  const estimate = await estimateReplay(sql, selection, engineOptions(container).order_concurrency)
  if (isDry || estimate.messages === 0) {
    return { estimate, runId: null }
  }
  // What comes in from now on is not meant.
  const [clock] = await query<{ now: string }>(sql, NOW_SQL)
  const runId = await requestRun(sql, {
    kind: "replay-messages",
    connectionId: selection.connectionId,
    scope:
      selection.messageIds === null
        ? { messages: { ...selection.filter, until: selection.filter.until ?? clock?.now } }
        : { message_ids: selection.messageIds },
    requestedBy,
  })
  wakeEngine(container)
  return { estimate, runId }
}
