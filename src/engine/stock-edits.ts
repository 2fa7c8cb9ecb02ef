import type { EditedPlace } from "../lib/stock-edit"
import { query, type Sql } from "./sql"

const NOTE_SQL = `
  INSERT INTO hub_stock_edit (inventory_item_id, location_id, edited_by)
  SELECT place.item_id, place.location_id, :editedBy
  FROM jsonb_to_recordset(CAST(:places AS jsonb)) AS place(item_id text, location_id text)
  RETURNING id::text AS id`

/**
 * Notes who is about to edit which stock levels.
 *
 * @returns what the notes are called, for taking them back
 */
export async function noteStockEdits(sql: Sql, places: readonly EditedPlace[], editedBy: string): Promise<string[]> {
  const notes = await query<{ id: string }>(sql, NOTE_SQL, {
    editedBy,
    places: JSON.stringify(places.map(({ itemId, locationId }) => ({ item_id: itemId, location_id: locationId }))),
  })
  return notes.map(({ id }) => id)
}

/** Takes notes back of an edit that was refused. */
export const forgetStockEdits = (sql: Sql, ids: readonly string[]): Promise<unknown> =>
  query(sql, "DELETE FROM hub_stock_edit WHERE id = ANY(CAST(:ids AS bigint[]))", { ids: [...ids] })
