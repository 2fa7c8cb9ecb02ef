import { lockExposure } from "../lane/share-exclusive"
import { query, type Sql } from "../sql"
import type { ReturnedUnits } from "./plan-order"

const ITEMS_SQL = `
  SELECT DISTINCT kit.inventory_item_id AS id
  FROM hub_listing l JOIN product_variant_inventory_item kit ON kit.variant_id = l.variant_id AND kit.deleted_at IS NULL
  WHERE l.id = ANY(:listingIds)`

const RAISE_SQL = `
  WITH back AS (
    SELECT listing_id, external_location_id, sum(units)::int AS units
    FROM jsonb_to_recordset(CAST(:returned AS jsonb)) AS r(listing_id text, external_location_id text, units integer)
    GROUP BY 1, 2
  ), locked AS (
    SELECT s.id, back.units FROM hub_listing_state s
    JOIN back ON back.listing_id = s.listing_id AND back.external_location_id IN (s.external_location_id, '*')
    WHERE s.deleted_at IS NULL ORDER BY s.id FOR UPDATE OF s
  )
  UPDATE hub_listing_state s SET exposed = COALESCE(s.exposed, 0) + locked.units, acked = NULL,
    stale_version = s.stale_version + 1, unknown_version = s.stale_version + 1, touched_at = clock_timestamp(),
    cause = COALESCE(s.cause, 'sale'), stale_since = LEAST(s.stale_since, clock_timestamp()),
    change_count = s.change_count + 1, state = 'pending', updated_at = now()
  FROM locked WHERE s.id = locked.id`

/**
 * Notes that a channel may already be selling units again that a buyer has given back, before anybody else is given them.
 * Whoever is sharing the items out at the moment ends first. Doing it twice is safe: it falls with the next confirmed write.
 * What was claimed before proves nothing any more, and "it shows that already" is no proof either: so it becomes unknown.
 */
export async function raiseForReturns(sql: Sql, returned: readonly ReturnedUnits[]): Promise<void> {
  await sql.transaction(async (transaction) => {
    const items = await query<{ id: string }>(transaction, ITEMS_SQL, {
      listingIds: returned.map(({ listingId }) => listingId),
    })
    await lockExposure(
      transaction,
      items.map(({ id }) => id)
    )
    await query(transaction, RAISE_SQL, {
      returned: JSON.stringify(
        returned.map((line) => ({
          listing_id: line.listingId,
          external_location_id: line.externalLocationId,
          units: line.units,
        }))
      ),
    })
  })
}
