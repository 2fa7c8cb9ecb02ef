import type { Client } from "@medusajs/framework/pg"
import { BATCH, connectionId, LOCATION_ID } from "./layout"

export interface Shelf {
  /** What is on hand in the beginning, by SKU. Every channel lists every SKU and shows this. */
  readonly opening: readonly number[]
  /** Addresses of the channels. */
  readonly channelUrls: readonly string[]
}

const CATALOGUE_SQL = [
  `INSERT INTO stock_location (id, name) VALUES ('${LOCATION_ID}', 'Warehouse')`,
  `INSERT INTO product (id, title, handle) VALUES ('prod_bench', 'Bench', 'bench')`,
  `INSERT INTO product_variant (id, title, sku, manage_inventory, product_id)
   SELECT 'variant_' || lpad(n::text, 26, '0'), 'Variant ' || n, 'SKU-' || n, true, 'prod_bench' FROM generate_series(0, $1::int - 1) n`,
  `INSERT INTO inventory_item (id, sku)
   SELECT 'iitem_' || lpad(n::text, 26, '0'), 'SKU-' || n FROM generate_series(0, $1::int - 1) n`,
  `INSERT INTO product_variant_inventory_item (id, variant_id, inventory_item_id, required_quantity)
   SELECT 'pvitem_' || lpad(n::text, 26, '0'), 'variant_' || lpad(n::text, 26, '0'), 'iitem_' || lpad(n::text, 26, '0'), 1
   FROM generate_series(0, $1::int - 1) n`,
] as const

const LEVELS_SQL = `
  INSERT INTO inventory_level (id, inventory_item_id, location_id, stocked_quantity, raw_stocked_quantity, reserved_quantity,
    raw_reserved_quantity, incoming_quantity, raw_incoming_quantity)
  SELECT 'ilev_' || lpad((n - 1)::text, 26, '0'), 'iitem_' || lpad((n - 1)::text, 26, '0'), '${LOCATION_ID}', stock,
    jsonb_build_object('value', stock::text, 'precision', 20), 0, '{"value": "0", "precision": 20}', 0, '{"value": "0", "precision": 20}'
  FROM unnest($1::int[]) WITH ORDINALITY AS opening(stock, n)`

const CONNECTION_SQL = `
  INSERT INTO hub_connection (id, company_id, name, connector_id, state, options, quantity_rule, allowed_operations)
  VALUES ($1, 'hcomp_default', $2, 'simulator', 'connected', $3, '{}', '{read-listings,read-stock,write-stock,read-orders,webhooks}')`

const MAPPING_SQL = `
  INSERT INTO hub_location_mapping (id, company_id, connection_id, stock_location_id, external_location_id)
  VALUES ('hlmap_' || $1, 'hcomp_default', $1, '${LOCATION_ID}', '*')`

const LISTINGS_SQL = `
  INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, title, variant_id, link_state, pack_size)
  SELECT 'hlst_' || $3 || lpad(n::text, 24, '0'), 'hcomp_default', $1, 'L-' || n, 'SKU-' || n, 'Listing ' || n,
    'variant_' || lpad(n::text, 26, '0'), 'linked', 1
  FROM generate_series(0, $2::int - 1) n`

/** Everything is in sync: the channel shows the opening stock. */
const STATES_SQL = `
  INSERT INTO hub_listing_state (id, company_id, connection_id, listing_id, external_location_id, desired, acked,
    stale_version, claimed_version, acked_version, write_count, state)
  SELECT 'hlss_' || $3 || lpad((n - 1)::text, 24, '0'), 'hcomp_default', $1, 'hlst_' || $3 || lpad((n - 1)::text, 24, '0'), '*',
    stock, stock, 1, 1, 1, 1, 'in-sync'
  FROM unnest($2::int[]) WITH ORDINALITY AS opening(stock, n)`

/** What the hub of a shop would have after its channels were connected, written in bulk. Nothing is left to be done. */
export async function fillShop(db: Client, shelf: Shelf): Promise<void> {
  const skus = shelf.opening.length
  for (const [index, sql] of CATALOGUE_SQL.entries()) {
    await db.query(sql, index < 2 ? [] : [skus])
  }
  await db.query(LEVELS_SQL, [shelf.opening])
  for (const [channel, url] of shelf.channelUrls.entries()) {
    const id = connectionId(channel)
    const options = { base_url: url, max_batch: BATCH, has_locations: false, late_apply_window_ms: 5_000 }
    await db.query(CONNECTION_SQL, [id, `Channel ${channel + 1}`, options])
    await db.query(MAPPING_SQL, [id])
    await db.query(LISTINGS_SQL, [id, skus, String(channel).padStart(2, "0")])
    await db.query(STATES_SQL, [id, shelf.opening, String(channel).padStart(2, "0")])
  }
  await db.query("TRUNCATE hub_stock_change")
  // As after the first night of a shop: tables are analysed and what was filled in is on disk.
  await db.query("VACUUM ANALYZE")
  await db.query("CHECKPOINT")
}
