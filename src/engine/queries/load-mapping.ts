import { HubError } from "../../lib/errors"
import type {
  HubListingDetail,
  HubMappingBatch,
  HubMappingCounts,
  HubMappingCountsResponse,
  HubVariantChoice,
} from "../../types/http/mapping"
import { query, type Sql } from "../sql"
import { nameOf } from "./name-of"

const COUNTS_SQL = `
  WITH counted AS (
    SELECT l.connection_id, l.link_state, l.suggestion_score IS NOT NULL AS has_suggestion, count(*)::int AS listings
    FROM hub_listing l WHERE l.deleted_at IS NULL GROUP BY 1, 2, 3
  )
  SELECT c.id AS connection_id, c.name AS connection_name,
    COALESCE(sum(listings) FILTER (WHERE link_state = 'linked'), 0)::int AS linked,
    COALESCE(sum(listings) FILTER (WHERE link_state = 'unlinked' AND has_suggestion), 0)::int AS suggested,
    COALESCE(sum(listings) FILTER (WHERE link_state = 'unlinked' AND NOT has_suggestion), 0)::int AS unlinked,
    COALESCE(sum(listings) FILTER (WHERE link_state = 'ignored'), 0)::int AS ignored
  FROM hub_connection c LEFT JOIN counted ON counted.connection_id = c.id
  WHERE c.deleted_at IS NULL
  GROUP BY c.id, c.name ORDER BY c.name`

/** How many listings are linked, suggested, unlinked and ignored, by connection and over all. */
export async function loadMappingCounts(sql: Sql): Promise<HubMappingCountsResponse> {
  const connections = await query<HubMappingCounts>(sql, COUNTS_SQL)
  const total = { linked: 0, suggested: 0, unlinked: 0, ignored: 0 }
  for (const counts of connections) {
    total.linked += counts.linked
    total.suggested += counts.suggested
    total.unlinked += counts.unlinked
    total.ignored += counts.ignored
  }
  return { total, connections }
}

const DETAIL_SQL = `
  SELECT l.id, l.connection_id, c.name AS connection_name, l.external_id, l.external_sku, l.external_barcode, l.title,
    l.variant_id, v.sku AS variant_sku, p.title || ' · ' || v.title AS variant_title, l.link_state, l.link_evidence, l.link_score,
    l.pack_size, l.suggested_variant_id, l.suggestion_score,
    COALESCE((SELECT jsonb_agg(candidate.value || jsonb_build_object('variant_sku', cv.sku, 'variant_title', cv.title,
        'product_title', cp.title) ORDER BY candidate.place)
      FROM jsonb_array_elements(l.suggestions) WITH ORDINALITY AS candidate(value, place)
      JOIN product_variant cv ON cv.id = candidate.value ->> 'variant_id' AND cv.deleted_at IS NULL
      JOIN product cp ON cp.id = cv.product_id), '[]') AS candidates
  FROM hub_listing l JOIN hub_connection c ON c.id = l.connection_id
  LEFT JOIN product_variant v ON v.id = l.variant_id LEFT JOIN product p ON p.id = v.product_id
  WHERE l.id = :id AND l.deleted_at IS NULL`

/** One listing with its candidates. Fails with `not-found`. */
export async function loadListingDetail(sql: Sql, id: string): Promise<HubListingDetail> {
  const [listing] = await query<HubListingDetail>(sql, DETAIL_SQL, { id })
  if (!listing) {
    throw new HubError({ kind: "not-found", message: `There is no listing ${id}.` })
  }
  return listing
}

const BATCH_COLUMNS = `
  b.id, b.kind, b.scope, b.requested_by, ${nameOf("b.requested_by")} AS requested_by_name,
  b.item_count, b.skipped_count, b.undone_at, ${nameOf("b.undone_by")} AS undone_by_name,
  b.left_count, b.created_at
  FROM hub_mapping_batch b`

/** Changes of the mapping, the newest first. */
export const loadMappingBatches = (
  sql: Sql,
  page: { readonly cursor: string | null; readonly limit: number }
): Promise<HubMappingBatch[]> =>
  query<HubMappingBatch>(
    sql,
    `SELECT ${BATCH_COLUMNS} WHERE b.deleted_at IS NULL AND (CAST(:cursor AS text) IS NULL
       OR (b.created_at, b.id) < (SELECT x.created_at, x.id FROM hub_mapping_batch x WHERE x.id = :cursor))
     ORDER BY b.created_at DESC, b.id DESC LIMIT :limit`,
    page
  )

/** One change of the mapping; null when there is none. */
export async function loadMappingBatch(sql: Sql, id: string | null): Promise<HubMappingBatch | null> {
  const [batch] =
    id === null
      ? []
      : await query<HubMappingBatch>(sql, `SELECT ${BATCH_COLUMNS} WHERE b.id = :id AND b.deleted_at IS NULL`, { id })
  return batch ?? null
}

const VARIANTS_SQL = `
  SELECT v.id, v.sku, COALESCE(v.barcode, v.ean, v.upc) AS barcode, v.title, p.title AS product_title
  FROM product_variant v JOIN product p ON p.id = v.product_id AND p.deleted_at IS NULL
  WHERE v.deleted_at IS NULL AND (v.sku ILIKE :pattern OR v.title ILIKE :pattern OR p.title ILIKE :pattern
    OR v.barcode = :search OR v.ean = :search OR v.upc = :search)
  ORDER BY (lower(v.sku) = lower(:search)) IS TRUE DESC, (v.sku ILIKE :prefix) IS TRUE DESC, v.sku, v.id
  LIMIT :limit`

/** Variants by part of a SKU or a title, or by barcode; the best first. */
export function searchVariants(sql: Sql, search: string, limit: number): Promise<HubVariantChoice[]> {
  const escaped = search.replace(/[\\%_]/g, "\\$&")
  return query<HubVariantChoice>(sql, VARIANTS_SQL, {
    search,
    pattern: `%${escaped}%`,
    prefix: `${escaped}%`,
    limit,
  })
}
