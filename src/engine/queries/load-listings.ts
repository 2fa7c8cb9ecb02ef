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

const SQL = `
  SELECT s.id, s.listing_id, s.connection_id, c.name AS connection_name, s.external_location_id, l.external_sku, l.title,
    l.variant_id, l.link_state, l.pack_size, s.desired, s.acked, s.observed, s.state, s.state_reason, s.error,
    LEAST(s.stale_since, s.claimed_since) AS pending_since, e.settled_at AS last_write_at
  FROM hub_listing_state s
  JOIN hub_listing l ON l.id = s.listing_id AND l.deleted_at IS NULL
  JOIN hub_connection c ON c.id = s.connection_id AND c.deleted_at IS NULL
  LEFT JOIN LATERAL (
    SELECT x.settled_at FROM hub_explanation x WHERE x.listing_id = s.listing_id
      AND x.external_location_id = s.external_location_id ORDER BY x.computed_at DESC LIMIT 1
  ) e ON true
  WHERE s.deleted_at IS NULL
    AND (CAST(:connectionId AS text) IS NULL OR s.connection_id = :connectionId)
    AND (CAST(:state AS text) IS NULL OR s.state = :state)
    AND (CAST(:search AS text) IS NULL OR l.external_sku ILIKE :search OR l.title ILIKE :search)
    AND (CAST(:cursor AS text) IS NULL OR s.id > :cursor)
  ORDER BY s.id
  LIMIT :limit`

const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, "\\$&")}%`

/** One page of listings with the state of each at each external location. */
export const loadListings = (sql: Sql, filter: ListingFilter): Promise<HubListingRow[]> =>
  query<HubListingRow>(sql, SQL, {
    connectionId: filter.connectionId,
    state: filter.state,
    search: filter.search === null ? null : likePattern(filter.search),
    cursor: filter.cursor,
    limit: filter.limit,
  })
