import { generateEntityId } from "@medusajs/framework/utils"
import type { ExternalListing } from "../../types/channel"
import { HubError } from "../../lib/errors"
import type { OpenConnection } from "../connections"
import { suggestListings } from "../mapping/suggest-listings"
import { query, toStorableJson, type Sql } from "../sql"

const UPSERT_SQL = `
  INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, external_barcode, title, pack_size, link_state)
  SELECT id, :companyId, :connectionId, external_id, external_sku, external_barcode, title, 1, 'unlinked'
  FROM jsonb_to_recordset(CAST(:listings AS jsonb)) AS l(
    id text, external_id text, external_sku text, external_barcode text, title text)
  ON CONFLICT (connection_id, external_id) WHERE deleted_at IS NULL
  DO UPDATE SET external_sku = excluded.external_sku, external_barcode = excluded.external_barcode,
    title = excluded.title, updated_at = now()`

/**
 * Links what is unlinked to the one variant with exactly the same SKU. Two variants with it are none, and what a person has
 * unlinked or refused stays so.
 */
const LINK_SQL = `
  WITH candidate AS (
    SELECT l.id AS listing_id, min(v.id) AS variant_id
    FROM hub_listing l JOIN product_variant v ON v.sku = l.external_sku AND v.deleted_at IS NULL
    WHERE l.connection_id = :connectionId AND l.link_state = 'unlinked' AND l.deleted_at IS NULL
      AND l.link_evidence IS DISTINCT FROM 'person' AND NOT jsonb_exists(COALESCE(l.rejected_variant_ids, '[]'), v.id)
    GROUP BY l.id HAVING count(*) = 1
  )
  UPDATE hub_listing l SET variant_id = candidate.variant_id, link_state = 'linked', link_evidence = 'sku',
    link_score = 100, mapping_version = l.mapping_version + 1, updated_at = now()
  FROM candidate WHERE l.id = candidate.listing_id
  RETURNING l.id`

/**
 * Every linked listing gets one state for each external location of its connection. A location that was mapped before gets
 * its states back; what the channel shows there now is not known.
 */
const STATES_SQL = `
  WITH returned AS (
    UPDATE hub_listing_state s SET deleted_at = NULL, acked = NULL, stale_version = s.stale_version + 1,
      stale_since = clock_timestamp(), state = 'pending', lease_token = NULL, lease_until = NULL, updated_at = now()
    FROM hub_listing l
    WHERE l.id = s.listing_id AND l.connection_id = :connectionId AND l.link_state = 'linked' AND l.deleted_at IS NULL
      AND s.connection_id = :connectionId AND s.deleted_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM hub_location_mapping m WHERE m.connection_id = :connectionId
        AND m.external_location_id = s.external_location_id AND m.deleted_at IS NULL)
      AND s.id = 'hlss_' || md5(l.id || '|' || s.external_location_id)
    RETURNING s.id
  )
  INSERT INTO hub_listing_state (id, company_id, connection_id, listing_id, external_location_id, stale_since, change_count)
  SELECT 'hlss_' || md5(l.id || '|' || place.external_location_id), l.company_id, l.connection_id, l.id,
    place.external_location_id, clock_timestamp(), 1
  FROM hub_listing l
  JOIN (SELECT DISTINCT connection_id, external_location_id FROM hub_location_mapping WHERE deleted_at IS NULL) place
    ON place.connection_id = l.connection_id
  WHERE l.connection_id = :connectionId AND l.link_state = 'linked' AND l.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM returned WHERE returned.id = 'hlss_' || md5(l.id || '|' || place.external_location_id))
  ON CONFLICT (listing_id, external_location_id) WHERE deleted_at IS NULL DO NOTHING`

async function upsertPage(sql: Sql, connection: OpenConnection, listings: readonly ExternalListing[]): Promise<void> {
  await query(sql, UPSERT_SQL, {
    companyId: connection.companyId,
    connectionId: connection.id,
    listings: toStorableJson(
      listings.map((listing) => ({
        id: generateEntityId(undefined, "hlst"),
        external_id: listing.externalId,
        external_sku: listing.sku,
        external_barcode: listing.barcode,
        title: listing.title,
      }))
    ),
  })
}

/** Gives every linked listing its states. Those that exist stay as they are. */
export async function createListingStates(sql: Sql, connectionId: string): Promise<void> {
  await query(sql, STATES_SQL, { connectionId })
}

/** Links by SKU, suggests for the rest and creates the missing states. Also after a new product or a new location mapping. */
export async function linkListings(sql: Sql, connectionId: string): Promise<void> {
  await query(sql, LINK_SQL, { connectionId })
  await suggestListings(sql, connectionId)
  await createListingStates(sql, connectionId)
}

/** Part of an import. */
export interface ImportedPage {
  /** How many listings it had. */
  readonly read: number
  /** Where the next page begins, or null after the last. */
  readonly nextCursor: string | null
}

/** Reads one page of what a channel sells. */
export async function importPage(sql: Sql, connection: OpenConnection, cursor: string | null): Promise<ImportedPage> {
  if (!connection.client.listListings) {
    throw new HubError({ kind: "unsupported", message: `${connection.name} cannot list what it sells.` })
  }
  const page = await connection.client.listListings(cursor)
  await upsertPage(sql, connection, page.items)
  return { read: page.items.length, nextCursor: page.nextCursor }
}
