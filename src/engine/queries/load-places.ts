import type { HubLocationUse, HubProductChannel, HubSalesChannelConnection } from "../../types/http/places"
import { query, type Sql } from "../sql"

const PRODUCT_SQL = `
  SELECT c.id AS connection_id, c.name AS connection_name, c.state AS connection_state, c.write_mode,
    count(DISTINCT l.variant_id)::int AS variant_count,
    (SELECT count(*)::int FROM product_variant v WHERE v.product_id = :id AND v.deleted_at IS NULL) AS all_variant_count,
    count(DISTINCT l.id)::int AS listing_count,
    count(s.id) FILTER (WHERE s.state = 'in-sync')::int AS in_sync_count,
    count(s.id) FILTER (WHERE s.state IN ('pending', 'conflict'))::int AS pending_count,
    count(s.id) FILTER (WHERE s.state = 'held')::int AS held_count,
    count(s.id) FILTER (WHERE s.state = 'failed')::int AS failed_count,
    count(s.id) FILTER (WHERE s.state = 'skipped')::int AS skipped_count,
    sum(s.acked)::int AS shown_quantity
  FROM hub_connection c
  JOIN hub_listing l ON l.connection_id = c.id AND l.deleted_at IS NULL AND l.link_state = 'linked'
  JOIN product_variant v ON v.id = l.variant_id AND v.product_id = :id AND v.deleted_at IS NULL
  LEFT JOIN hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL
  WHERE c.deleted_at IS NULL GROUP BY c.id ORDER BY c.name`

/** The channels on which variants of a product sell. */
export const loadProductChannels = (sql: Sql, id: string): Promise<HubProductChannel[]> =>
  query<HubProductChannel>(sql, PRODUCT_SQL, { id })

const LOCATION_SQL = `
  SELECT c.id AS connection_id, c.name AS connection_name, c.state AS connection_state, c.write_mode,
    m.external_location_id,
    (SELECT count(*)::int FROM hub_location_mapping other
      WHERE other.connection_id = c.id AND other.external_location_id = m.external_location_id
        AND other.stock_location_id <> m.stock_location_id AND other.deleted_at IS NULL) AS other_location_count
  FROM hub_location_mapping m JOIN hub_connection c ON c.id = m.connection_id AND c.deleted_at IS NULL
  WHERE m.stock_location_id = :id AND m.deleted_at IS NULL ORDER BY c.name, m.external_location_id`

/** The channels that a stock location feeds. */
export const loadLocationUses = (sql: Sql, id: string): Promise<HubLocationUse[]> =>
  query<HubLocationUse>(sql, LOCATION_SQL, { id })

const SALES_CHANNEL_SQL = `
  SELECT c.id AS connection_id, c.name AS connection_name, c.connector_id, c.state AS connection_state, c.write_mode,
    c.connected_at,
    (SELECT count(*)::int FROM hub_external_reference x
      WHERE x.connection_id = c.id AND x.entity = 'order' AND x.external_version > 0 AND x.deleted_at IS NULL) AS order_count
  FROM hub_connection c WHERE c.sales_channel_id = :id AND c.deleted_at IS NULL ORDER BY c.name`

/** The connections whose orders become orders of a sales channel. */
export const loadSalesChannelConnections = (sql: Sql, id: string): Promise<HubSalesChannelConnection[]> =>
  query<HubSalesChannelConnection>(sql, SALES_CHANNEL_SQL, { id })
