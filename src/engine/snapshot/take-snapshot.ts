import { generateEntityId } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import type { OpenConnection } from "../connections"
import { Patience } from "../patience"
import { loadObservableRows, observeRows } from "../reconcile/observe-rows"
import { query, type Sql } from "../sql"

const PAGE = 500

const BEGIN_SQL = `
  INSERT INTO hub_snapshot (id, company_id, connection_id, reason, taken_at)
  VALUES (:id, :companyId, :connectionId, :reason, clock_timestamp())`

/** What the channel has just said, for rows that nothing of ours is on its way to. Others were not observed and stay unknown. */
const ITEMS_SQL = `
  INSERT INTO hub_snapshot_item (id, company_id, snapshot_id, listing_state_id, quantity)
  SELECT 'hsnit_' || md5(:id || s.id), s.company_id, :id, s.id,
    CASE WHEN s.observed_at >= (SELECT taken_at FROM hub_snapshot WHERE id = :id) THEN s.observed END
  FROM hub_listing_state s WHERE s.id = ANY(:stateIds)
  ON CONFLICT (snapshot_id, listing_state_id) WHERE deleted_at IS NULL DO NOTHING`

const END_SQL = `
  UPDATE hub_snapshot SET updated_at = now(),
    item_count = (SELECT count(*) FROM hub_snapshot_item WHERE snapshot_id = :id AND quantity IS NOT NULL)
  WHERE id = :id RETURNING item_count`

/** A snapshot of what a channel shows. */
export interface TakenSnapshot {
  readonly id: string
  /** Numbers that can be put back. */
  readonly itemCount: number
}

/**
 * Reads what a channel shows for every linked listing and keeps it, so that it can be put back.
 *
 * Fails with `unsupported` when the channel cannot tell what it shows.
 */
export async function takeSnapshot(sql: Sql, connection: OpenConnection, reason: string): Promise<TakenSnapshot> {
  if (!connection.client.pullStock) {
    throw new HubError({
      kind: "unsupported",
      message: `${connection.name} cannot tell what it shows, so nothing can be kept.`,
    })
  }
  const id = generateEntityId(undefined, "hsnap")
  await query(sql, BEGIN_SQL, { id, companyId: connection.companyId, connectionId: connection.id, reason })
  const patience = new Patience()
  let after = ""
  for (;;) {
    const rows = await loadObservableRows(sql, { connectionId: connection.id, after, limit: PAGE })
    await patience.with(() => observeRows(sql, connection, rows))
    await query(sql, ITEMS_SQL, { id, stateIds: rows.map((row) => row.id) })
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) {
      break
    }
    after = last.id
  }
  const [snapshot] = await query<{ item_count: number }>(sql, END_SQL, { id })
  return { id, itemCount: snapshot?.item_count ?? 0 }
}
