import type { HubListingRow } from "../../types/http/hub"
import { query, type Sql } from "../sql"

export interface ListingFilter {
  readonly connectionId: string | null
  readonly state: string | null
  /** Part of a SKU or a title. */
  readonly search: string | null
  /** Id of the last row of the page before. */
  readonly cursor: string | null
  readonly limit: number
}

/** Unlinked and ignored listings have no state of their own: the link says where they stand. */
const STATE_SQL = "CASE WHEN l.link_state = 'linked' THEN s.state ELSE l.link_state END"

const SQL = `
  SELECT l.id || ':' || COALESCE(s.external_location_id, '') AS id, l.id AS listing_id, l.connection_id,
    c.name AS connection_name, s.external_location_id, l.external_sku, l.title, l.variant_id, l.link_state, l.pack_size,
    s.desired, s.acked, s.observed, ${STATE_SQL} AS state, s.state_reason, s.error,
    LEAST(s.stale_since, s.claimed_since) AS pending_since, e.settled_at AS last_write_at
  FROM hub_listing l
  JOIN hub_connection c ON c.id = l.connection_id AND c.deleted_at IS NULL
  LEFT JOIN hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL
  LEFT JOIN LATERAL (
    SELECT x.settled_at FROM hub_explanation x WHERE x.listing_id = s.listing_id
      AND x.external_location_id = s.external_location_id ORDER BY x.computed_at DESC LIMIT 1
  ) e ON true
  WHERE l.deleted_at IS NULL
    AND (CAST(:connectionId AS text) IS NULL OR l.connection_id = :connectionId)
    AND (CAST(:state AS text) IS NULL OR ${STATE_SQL} = :state)
    AND (CAST(:search AS text) IS NULL OR l.external_sku ILIKE :search OR l.title ILIKE :search)
    AND l.id >= :afterListing
    AND (l.id, COALESCE(s.external_location_id, '')) > (:afterListing, :afterLocation)
  ORDER BY l.id, COALESCE(s.external_location_id, '')
  LIMIT :limit`

const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, "\\$&")}%`

/** The keys of the last row of the page before. A listing id holds no colon; a channel's location id may. */
function afterOf(cursor: string | null): { afterListing: string; afterLocation: string } {
  const [afterListing = "", ...location] = (cursor ?? "").split(":")
  return { afterListing, afterLocation: location.join(":") }
}

/** One page of listings with the state of each at each external location. */
export const loadListings = (sql: Sql, filter: ListingFilter): Promise<HubListingRow[]> =>
  query<HubListingRow>(sql, SQL, {
    connectionId: filter.connectionId,
    state: filter.state,
    search: filter.search === null ? null : likePattern(filter.search),
    ...afterOf(filter.cursor),
    limit: filter.limit,
  })
