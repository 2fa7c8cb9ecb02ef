import { HubError, toFailure } from "../../lib/errors"
import type { StockWriteOutcome } from "../../types/channel"
import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import type { OpenConnection } from "../connections"
import { setWriteMode } from "../snapshot/set-write-mode"
import { query, type Sql } from "../sql"
import type { RunCounts } from "./run-kind"

/** A number that a run writes by itself, past the lane. */
export interface WrittenItem {
  readonly listing_state_id: string
  readonly quantity: number
  readonly external_listing_id: ExternalListingId
  readonly external_location_id: ExternalLocationId
}

/** From here on the lane takes up no more writes, or it would put its own numbers over those that a run writes. */
export const silenceLane = (sql: Sql, connectionId: string): Promise<unknown> =>
  setWriteMode(sql, connectionId, { mode: "shadow", requestedBy: null })

const LEASED_SQL = `
  SELECT EXISTS (SELECT 1 FROM hub_listing_state
    WHERE connection_id = :connectionId AND lease_until > now() AND deleted_at IS NULL) AS is_leased`

/** Whether something of the lane may still be on its way. */
export async function isLaneBusy(sql: Sql, connectionId: string): Promise<boolean> {
  const [leases] = await query<{ is_leased: boolean }>(sql, LEASED_SQL, { connectionId })
  return leases?.is_leased ?? false
}

/**
 * Writes numbers past the lane, which has to be silent. The same key recognises the same batch. What may pass is thrown, so
 * that the step is tried again; a refusal is the outcome of every item.
 */
export async function writePast(
  open: OpenConnection,
  key: string,
  items: readonly WrittenItem[]
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
      key.slice(0, 100)
    )
  } catch (error) {
    const failure = toFailure(error)
    if (failure.kind === "transient" || failure.kind === "rate-limited") {
      throw error
    }
    return items.map(() => ({ status: "failed", failure }))
  }
}

/** What the channel was told: as good as accepted, or unknown. */
const TOLD_SQL = `
  WITH told AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id text, acked integer)),
  locked AS (SELECT s.id FROM hub_listing_state s JOIN told ON told.id = s.id ORDER BY s.id FOR UPDATE OF s)
  UPDATE hub_listing_state s SET acked = told.acked, observed = COALESCE(told.acked, s.observed),
    observed_at = CASE WHEN told.acked IS NULL THEN s.observed_at ELSE clock_timestamp() END,
    exposed = told.acked, touched_at = clock_timestamp(), updated_at = now()
  FROM told JOIN locked ON locked.id = told.id WHERE s.id = told.id`

/** Notes what the channel accepted; of everything else nobody knows what it shows. */
export async function noteTold(
  sql: Sql,
  items: readonly WrittenItem[],
  outcomes: readonly StockWriteOutcome[]
): Promise<void> {
  await query(sql, TOLD_SQL, {
    rows: JSON.stringify(
      items.map((item, index) => ({
        id: item.listing_state_id,
        acked: outcomes[index]?.status === "accepted" ? item.quantity : null,
      }))
    ),
  })
}

/** Adds what became of some items to the counts of a run. */
export function addOutcomes(counts: RunCounts, outcomes: readonly StockWriteOutcome[]): RunCounts {
  const accepted = outcomes.filter(({ status }) => status === "accepted").length
  return {
    ...counts,
    succeeded: counts.succeeded + accepted,
    failed: counts.failed + outcomes.length - accepted,
  }
}
