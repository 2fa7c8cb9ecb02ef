import { generateEntityId } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import type { OpenConnection } from "../connections"
import { loadObservableRows, observeRows, type ObservableRow } from "../reconcile/observe-rows"
import { query, type Sql } from "../sql"

const BEGIN_SQL = `
  INSERT INTO hub_snapshot (id, company_id, connection_id, reason, taken_at)
  VALUES (:id, :companyId, :connectionId, :reason, clock_timestamp())`

/** What the channel has just said, for rows that nothing of ours is on its way to. Others were not observed and stay unknown. */
const ITEMS_SQL = `
  INSERT INTO hub_snapshot_item (id, company_id, snapshot_id, listing_state_id, quantity)
  SELECT 'hsnit_' || md5(:id || s.id), s.company_id, :id, s.id,
    CASE WHEN s.observed_at >= (SELECT taken_at FROM hub_snapshot WHERE id = :id) THEN s.observed END
  FROM hub_listing_state s WHERE s.id = ANY(:stateIds)
  ON CONFLICT (snapshot_id, listing_state_id) WHERE deleted_at IS NULL DO UPDATE SET quantity = excluded.quantity, updated_at = clock_timestamp()
  RETURNING quantity`

const END_SQL = `
  UPDATE hub_snapshot SET updated_at = now(), completed_at = clock_timestamp(),
    item_count = (SELECT count(*) FROM hub_snapshot_item WHERE snapshot_id = :id AND quantity IS NOT NULL)
  WHERE id = :id`

const COUNT_SQL = `
  SELECT count(*)::int AS total, count(quantity)::int AS succeeded, (count(*) - count(quantity))::int AS skipped
  FROM hub_snapshot_item WHERE snapshot_id = :id AND deleted_at IS NULL`

/** A channel is asked as often as this for one page. */
const CALLS_PER_PAGE = 10

/** Rows that are read before anything of it is kept. */
const pageOf = ({ traits }: OpenConnection): number => traits.readBatch ?? CALLS_PER_PAGE * traits.maxBatch

/** Part of a snapshot. */
export interface SnapshotPage {
  /** Where the next page begins; null after the last. */
  readonly after: string | null
  /** Numbers that the channel told, and rows of which it told none. */
  readonly told: number
  readonly untold: number
}

/**
 * Begins to keep what a channel shows.
 *
 * @param reason why, in one word, for people: `preview`, `go-live`
 * @returns the id of the snapshot. Fails with `unsupported` when the channel cannot tell what it shows.
 */
export async function beginSnapshot(sql: Sql, connection: OpenConnection, reason: string): Promise<string> {
  if (!connection.client.pullStock) {
    throw new HubError({
      kind: "unsupported",
      message: `${connection.name} cannot tell what it shows, so nothing can be kept.`,
    })
  }
  const id = generateEntityId(undefined, "hsnap")
  await query(sql, BEGIN_SQL, { id, companyId: connection.companyId, connectionId: connection.id, reason })
  return id
}

async function keep(
  sql: Sql,
  connection: OpenConnection,
  { id, rows }: { readonly id: string; readonly rows: readonly ObservableRow[] }
): Promise<Pick<SnapshotPage, "told" | "untold">> {
  await observeRows(sql, connection, rows)
  const kept = await query<{ quantity: number | null }>(sql, ITEMS_SQL, { id, stateIds: rows.map((row) => row.id) })
  const told = kept.filter(({ quantity }) => quantity !== null).length
  return { told, untold: rows.length - told }
}

/** Reads what the channel shows for some linked listings and keeps it. A page that is read twice is kept once. */
export async function readSnapshotPage(
  sql: Sql,
  connection: OpenConnection,
  { id, after }: { readonly id: string; readonly after: string }
): Promise<SnapshotPage> {
  const limit = pageOf(connection)
  const rows = await loadObservableRows(sql, { connectionId: connection.id, after, limit })
  const kept = await keep(sql, connection, { id, rows })
  return { after: rows.length < limit ? null : (rows.at(-1)?.id ?? null), ...kept }
}

/* Those that were asked about longest ago come first: what a channel never tells must not stand before the others. */
const UNTOLD_SQL = `
  SELECT s.id, l.external_id AS external_listing_id, s.external_location_id
  FROM hub_snapshot_item i JOIN hub_listing_state s ON s.id = i.listing_state_id AND s.deleted_at IS NULL
  JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  WHERE i.snapshot_id = :id AND i.quantity IS NULL AND i.deleted_at IS NULL ORDER BY i.updated_at, s.id LIMIT :limit`

/**
 * Asks once more about numbers that the channel did not tell: while a row is being worked on, an answer about it proves nothing.
 *
 * @returns how many it told now, and how many it still did not
 */
export async function readUntold(
  sql: Sql,
  connection: OpenConnection,
  id: string
): Promise<Pick<SnapshotPage, "told" | "untold">> {
  const limit = pageOf(connection)
  const rows = await query<ObservableRow>(sql, UNTOLD_SQL, { id, limit })
  return keep(sql, connection, { id, rows })
}

/**
 * From now on the snapshot counts: it is compared with, and can be put back.
 *
 * @returns what it holds, counted anew: a step that a killed worker had begun may have been done twice
 */
export async function endSnapshot(
  sql: Sql,
  id: string
): Promise<{ readonly total: number; readonly succeeded: number; readonly skipped: number }> {
  await query(sql, END_SQL, { id })
  const [counts] = await query<{ total: number; succeeded: number; skipped: number }>(sql, COUNT_SQL, { id })
  return counts ?? { total: 0, succeeded: 0, skipped: 0 }
}
