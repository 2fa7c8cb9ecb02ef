import { suggest, type Suggestion, type VariantTraits } from "../../modules/channel-mapping/core/score-candidate"
import { query, toStorableJson, type Sql } from "../sql"

/** Listings that one round looks at. */
const CHUNK = 1_000

/** A word that more variants than this share says little, and comparing all of them costs much. */
const COMMON_WORD = 60

const NORMAL_SKU = (column: string): string => `regexp_replace(lower(${column}), '[^a-z0-9]', '', 'g')`
const NORMAL_BARCODE = (column: string): string => `ltrim(regexp_replace(${column}, '[^0-9]', '', 'g'), '0')`

/*
 * Made once for a round over all listings of a connection and read by every chunk: the variants in a form in which they can
 * be looked up. Temporary and gone with the transaction.
 */
const PREPARE_SQL = [
  "DROP TABLE IF EXISTS pg_temp.hub_tmp_key, pg_temp.hub_tmp_word",
  `CREATE TEMPORARY TABLE hub_tmp_key ON COMMIT DROP AS
   SELECT 'sku' AS kind, v.sku AS key, v.id AS variant_id FROM product_variant v
     WHERE v.deleted_at IS NULL AND v.sku IS NOT NULL
   UNION SELECT 'normal-sku', ${NORMAL_SKU("v.sku")}, v.id FROM product_variant v WHERE v.deleted_at IS NULL AND v.sku IS NOT NULL
   UNION SELECT 'barcode', ${NORMAL_BARCODE("code")}, v.id
     FROM product_variant v, unnest(ARRAY[v.barcode, v.ean, v.upc]) AS code
     WHERE v.deleted_at IS NULL AND code IS NOT NULL`,
  "CREATE INDEX ON hub_tmp_key (kind, key)",
  `CREATE TEMPORARY TABLE hub_tmp_word ON COMMIT DROP AS
   SELECT DISTINCT word, v.id AS variant_id
   FROM product_variant v JOIN product p ON p.id = v.product_id,
     regexp_split_to_table(lower(p.title || ' ' || v.title), '[^[:alnum:]]+') AS word
   WHERE v.deleted_at IS NULL AND length(word) > 2`,
  `DELETE FROM hub_tmp_word w USING (SELECT word FROM hub_tmp_word GROUP BY word HAVING count(*) > ${COMMON_WORD}) common
   WHERE common.word = w.word`,
  "CREATE INDEX ON hub_tmp_word (word)",
  "ANALYZE hub_tmp_key",
  "ANALYZE hub_tmp_word",
] as const

/** For each listing of a chunk the variants that any key names, and the three that share the most uncommon words. */
const CANDIDATES_SQL = `
  WITH chunk AS MATERIALIZED (
    SELECT l.id, l.external_sku, l.external_barcode, l.title, l.rejected_variant_ids
    FROM hub_listing l
    WHERE l.connection_id = :connectionId AND l.link_state = 'unlinked' AND l.deleted_at IS NULL AND l.id > :after
    ORDER BY l.id LIMIT ${CHUNK}
  ), keyed AS MATERIALIZED (
    SELECT chunk.id AS listing_id, k.variant_id
    FROM chunk, LATERAL (VALUES ('sku', chunk.external_sku), ('normal-sku', ${NORMAL_SKU("chunk.external_sku")}),
      ('barcode', ${NORMAL_BARCODE("chunk.external_barcode")})) AS wanted(kind, key)
    JOIN hub_tmp_key k ON k.kind = wanted.kind AND k.key = wanted.key
    WHERE wanted.key <> ''
  ), worded AS (
    SELECT counted.listing_id, counted.variant_id FROM (
      SELECT chunk.id AS listing_id, w.variant_id,
        row_number() OVER (PARTITION BY chunk.id ORDER BY count(*) DESC, w.variant_id) AS place
      FROM chunk, regexp_split_to_table(lower(chunk.title), '[^[:alnum:]]+') AS token(word)
      JOIN hub_tmp_word w ON w.word = token.word
      GROUP BY chunk.id, w.variant_id
    ) counted WHERE counted.place <= 3
  ), pair AS (
    SELECT listing_id, variant_id FROM keyed UNION SELECT listing_id, variant_id FROM worded
  )
  SELECT chunk.id, chunk.external_sku, chunk.external_barcode, chunk.title,
    COALESCE(chunk.rejected_variant_ids, '[]') AS rejected,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('variantId', v.id, 'sku', v.sku, 'title', p.title || ' ' || v.title,
        'barcodes', to_jsonb(array_remove(ARRAY[v.barcode, v.ean, v.upc], NULL))))
      FROM pair JOIN product_variant v ON v.id = pair.variant_id JOIN product p ON p.id = v.product_id
      WHERE pair.listing_id = chunk.id), '[]') AS variants
  FROM chunk ORDER BY chunk.id`

interface Row {
  readonly id: string
  readonly external_sku: string | null
  readonly external_barcode: string | null
  readonly title: string
  readonly rejected: readonly string[]
  readonly variants: readonly VariantTraits[]
}

/** Writes what is another suggestion than before, and nothing else. */
const STORE_SQL = `
  UPDATE hub_listing l SET suggestions = s.candidates, suggested_variant_id = s.variant_id, suggestion_score = s.score
  FROM jsonb_to_recordset(CAST(:suggestions AS jsonb)) AS s(id text, candidates jsonb, variant_id text, score integer)
  WHERE l.id = s.id AND (l.suggestions, l.suggested_variant_id, l.suggestion_score)
    IS DISTINCT FROM (s.candidates, s.variant_id, s.score)`

const toStored = (row: Row, { candidates, variantId, score }: Suggestion) => ({
  id: row.id,
  candidates: candidates.length === 0 ? null : candidates,
  variant_id: variantId,
  score,
})

async function suggestChunk(transaction: Sql, connectionId: string, after: string): Promise<string | null> {
  const rows = await query<Row>(transaction, CANDIDATES_SQL, { connectionId, after })
  const suggestions = rows.map((row) =>
    toStored(
      row,
      suggest({ sku: row.external_sku, barcode: row.external_barcode, title: row.title }, row.variants, row.rejected)
    )
  )
  await query(transaction, STORE_SQL, { suggestions: toStorableJson(suggestions) })
  return rows.length === CHUNK ? (rows.at(-1)?.id ?? null) : null
}

const UNLINKED_SQL = `
  SELECT EXISTS (SELECT 1 FROM hub_listing WHERE connection_id = :connectionId AND link_state = 'unlinked' AND deleted_at IS NULL) AS is_any`

/** Looks for what every unlinked listing of a connection may sell, and keeps the candidates with their evidence. Links nothing. */
export async function suggestListings(sql: Sql, connectionId: string): Promise<void> {
  const [unlinked] = await query<{ is_any: boolean }>(sql, UNLINKED_SQL, { connectionId })
  if (unlinked?.is_any !== true) {
    return
  }
  await sql.transaction(async (transaction) => {
    for (const statement of PREPARE_SQL) {
      await query(transaction, statement)
    }
    let after: string | null = ""
    while (after !== null) {
      after = await suggestChunk(transaction, connectionId, after)
    }
  })
}
