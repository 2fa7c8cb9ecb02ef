import { HubError } from "../../lib/errors"
import type { HubListingRow } from "../../types/http/hub"
import type { HubLinkFilter } from "../../types/http/mapping"
import { query, type Sql } from "../sql"
import { conditionsOf, type ListingFilter } from "./listing-filter"

export type { ListingFilter } from "./listing-filter"

/** Where a page begins: after this row, in the order of the list. */
interface Cursor {
  readonly listing: string
  readonly location: string
  /** Only where the list is ordered by it. */
  readonly score: number
}

const toCursor = (row: HubListingRow): string =>
  Buffer.from(JSON.stringify([row.listing_id, row.external_location_id ?? "", row.suggestion_score ?? 0])).toString(
    "base64url"
  )

function fromCursor(cursor: string | null): Cursor | null {
  if (cursor === null) {
    return null
  }
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"))
    const [listing, location, score] = Array.isArray(parts) ? (parts as unknown[]) : []
    if (typeof listing === "string" && typeof location === "string" && Number.isSafeInteger(score)) {
      return { listing, location, score: Number(score) }
    }
  } catch {
    // Said below, like everything else that is no cursor of ours.
  }
  throw new HubError({
    kind: "invalid-data",
    message: "cursor: it is none of ours. Pass the next_cursor of the page before, or leave it out.",
  })
}

/** What is suggested is reviewed from the surest on; everything else keeps the order in which it came in. */
const isByScore = (link: HubLinkFilter | null): boolean => link === "suggested"

/*
 * The keys of a page first, then the rest of each row: what is read for fifty rows must not be read for a hundred thousand.
 */
function pageSql(
  filter: ListingFilter,
  cursor: Cursor | null
): { sql: string; bindings: Record<string, string | number | null> } {
  const { conditions, bindings, needsState } = conditionsOf(filter)
  const byScore = isByScore(filter.link)
  const place = needsState ? "s.external_location_id" : "COALESCE(s.external_location_id, '')"
  const id = needsState ? "s.listing_id" : "l.id"
  const after = byScore
    ? `(-l.suggestion_score, ${id}, ${place}) > (-CAST(:score AS integer), :listing, :location)`
    : `${id} >= :listing AND (${id}, ${place}) > (:listing, :location)`
  // Said of both tables: a merge of the two would otherwise read the states of all pages before.
  const from = cursor === null || byScore ? "" : "AND s.listing_id >= :listing"
  const bound = byScore ? "l.suggestion_score <= :score" : "true"
  const where = [...conditions, ...(cursor === null ? [] : [bound, after])]
  return {
    sql: `
      WITH page AS MATERIALIZED (
        SELECT l.id AS listing_id, s.id AS state_id
        FROM hub_listing l
        ${needsState ? "JOIN" : "LEFT JOIN"} hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL ${from}
        WHERE ${where.join(" AND ")}
        ORDER BY ${byScore ? "l.suggestion_score DESC, " : ""}${id}, ${place}
        LIMIT :limit
      )
      ${ROWS_SQL}
      ORDER BY ${byScore ? "l.suggestion_score DESC, " : ""}l.id, COALESCE(s.external_location_id, '')`,
    bindings: { ...bindings, ...(cursor === null ? {} : { ...cursor }) },
  }
}

const ROWS_SQL = `
  SELECT l.id || ':' || COALESCE(s.external_location_id, '') AS id, l.id AS listing_id, l.connection_id,
    c.name AS connection_name, s.external_location_id, l.external_id, l.external_sku, l.title, l.variant_id, v.sku AS variant_sku,
    CASE WHEN v.id IS NOT NULL THEN CASE WHEN v.title IN ('', p.title, 'Default variant') THEN p.title ELSE p.title || ' · ' || v.title END END AS variant_title,
    l.link_state, l.link_evidence, l.link_score, l.pack_size,
    CASE WHEN l.link_state = 'unlinked' THEN l.suggestion_score END AS suggestion_score,
    CASE WHEN l.link_state = 'unlinked' THEN l.suggested_variant_id END AS suggested_variant_id,
    CASE WHEN l.link_state = 'unlinked' THEN suggested.sku END AS suggested_variant_sku,
    s.desired, s.acked, s.observed, CASE WHEN l.link_state = 'linked' THEN s.state ELSE l.link_state END AS state,
    s.state_reason, s.error, LEAST(s.stale_since, s.claimed_since) AS pending_since,
    COALESCE(e.settled_at, s.touched_at) AS last_write_at
  FROM page
  JOIN hub_listing l ON l.id = page.listing_id
  JOIN hub_connection c ON c.id = l.connection_id
  LEFT JOIN hub_listing_state s ON s.id = page.state_id
  LEFT JOIN product_variant v ON v.id = l.variant_id
  LEFT JOIN product p ON p.id = v.product_id
  LEFT JOIN product_variant suggested ON suggested.id = l.suggested_variant_id
  LEFT JOIN LATERAL (
    SELECT x.settled_at FROM hub_explanation x WHERE x.listing_id = s.listing_id
      AND x.external_location_id = s.external_location_id AND x.settled_at IS NOT NULL
      -- Explanations lie in a table for each day: the last ninety of them would be looked into for every row.
      AND x.computed_at > now() - interval '2 days'
    ORDER BY x.computed_at DESC LIMIT 1
  ) e ON true`

export interface ListingPage {
  readonly listings: HubListingRow[]
  readonly nextCursor: string | null
}

/** One page of listings with the state of each at each external location. */
export async function loadListings(
  sql: Sql,
  filter: ListingFilter,
  page: { readonly cursor: string | null; readonly limit: number }
): Promise<ListingPage> {
  const statement = pageSql(filter, fromCursor(page.cursor))
  const listings = await query<HubListingRow>(sql, statement.sql, { ...statement.bindings, limit: page.limit })
  const last = listings.length === page.limit ? listings.at(-1) : undefined
  return { listings, nextCursor: last ? toCursor(last) : null }
}

/** Ids of the listings that a filter finds, at most `limit`, each once. */
export async function selectListingIds(sql: Sql, filter: ListingFilter, limit: number): Promise<string[]> {
  const { conditions, bindings, needsState } = conditionsOf(filter)
  const state = needsState ? "JOIN hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL" : ""
  const rows = await query<{ id: string }>(
    sql,
    `SELECT DISTINCT l.id FROM hub_listing l ${state} WHERE ${conditions.join(" AND ")} ORDER BY l.id LIMIT :limit`,
    { ...bindings, limit }
  )
  return rows.map(({ id }) => id)
}
