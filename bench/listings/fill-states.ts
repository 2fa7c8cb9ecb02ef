import type { Client } from "@medusajs/framework/pg"

/** Days of explanations that a shop keeps: each is a partition that a query may have to look into. */
const DAYS = 90

/*
 * What a real mapping looks like: of a hundred listings one failed, one is skipped, one is pending for long, one is held, two
 * are unlinked, three suggested and one ignored. The rest is in sync.
 */
const STATEMENTS = [
  "UPDATE hub_connection SET state = 'paused'",
  `UPDATE hub_listing SET external_barcode = '4006' || lpad((hashtext(id) & 65535)::text, 9, '0'), title = title || ' ' || md5(id)`,
  `UPDATE hub_listing_state SET state = CASE hashtext(id) & 127 WHEN 0 THEN 'failed' WHEN 1 THEN 'skipped' WHEN 2 THEN 'held' ELSE state END`,
  `UPDATE hub_listing_state SET state = 'pending', stale_version = stale_version + 1, stale_since = now() - interval '1 hour'
   WHERE hashtext(id) & 127 = 3`,
  `UPDATE hub_listing SET link_state = 'unlinked', variant_id = NULL, suggestion_score = 40 + (hashtext(id) & 31),
     suggested_variant_id = variant_id WHERE hashtext(id) & 31 = 4`,
  "UPDATE hub_listing SET link_state = 'unlinked', variant_id = NULL WHERE hashtext(id) & 63 = 5",
  "UPDATE hub_listing SET link_state = 'ignored' WHERE hashtext(id) & 127 = 6",
  "DELETE FROM hub_listing_state s USING hub_listing l WHERE l.id = s.listing_id AND l.link_state = 'unlinked'",
  `DO $hub$ BEGIN FOR day IN 1..${DAYS} LOOP
     EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF hub_explanation FOR VALUES FROM (%L) TO (%L)',
       'hub_explanation_' || to_char((now() AT TIME ZONE 'utc')::date - day, 'YYYYMMDD'),
       ((now() AT TIME ZONE 'utc')::date - day)::text || ' 00:00:00+00', ((now() AT TIME ZONE 'utc')::date - day + 1)::text || ' 00:00:00+00');
   END LOOP; END $hub$`,
  `INSERT INTO hub_explanation (id, company_id, connection_id, listing_id, external_location_id, quantity, inputs, caused_at,
     computed_at, outcome, settled_at)
   SELECT 'hexp_' || s.id || n, 'hcomp_default', s.connection_id, s.listing_id, '*', 7, '{}', at, at, 'accepted', at
   FROM hub_listing_state s, generate_series(1, 3) n,
     LATERAL (SELECT now() - make_interval(hours => (hashtext(s.id || n) & 1023) * 2) AS at) moment`,
  "VACUUM ANALYZE",
] as const

/** Gives the listings of a filled shop the states that its views look for. */
export async function fillStates(db: Client): Promise<void> {
  for (const statement of STATEMENTS) {
    await db.query(statement)
  }
}
