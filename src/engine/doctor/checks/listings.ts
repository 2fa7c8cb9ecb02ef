import { query } from "../../sql"
import { countedIds, countOf, defineCheck, type CountedId, type Finding } from "../check"

export interface ListingFacts {
  readonly gone: readonly CountedId[]
  /** Linked listings without a state: nothing will ever be written for them. */
  readonly stateless: readonly CountedId[]
}

const GONE_SQL = `
  SELECT l.id, count(*) OVER ()::int AS total FROM hub_listing l
  JOIN hub_connection c ON c.id = l.connection_id AND c.deleted_at IS NULL
  LEFT JOIN product_variant v ON v.id = l.variant_id AND v.deleted_at IS NULL
  WHERE l.link_state = 'linked' AND l.deleted_at IS NULL AND v.id IS NULL ORDER BY l.id LIMIT 10`

const STATELESS_SQL = `
  SELECT l.id, count(*) OVER ()::int AS total FROM hub_listing l
  JOIN hub_connection c ON c.id = l.connection_id AND c.deleted_at IS NULL
  WHERE l.link_state = 'linked' AND l.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM hub_location_mapping m WHERE m.connection_id = l.connection_id AND m.deleted_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM hub_listing_state s WHERE s.listing_id = l.id AND s.deleted_at IS NULL)
  ORDER BY l.id LIMIT 10`

export function judgeListings({ gone, stateless }: ListingFacts): Finding[] {
  const findings: Finding[] = []
  if (gone.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(gone[0]?.total ?? 0, "listing")} linked to a variant that was deleted in Medusa.`,
      means: "The channel still sells it, and keeps showing its last number.",
      fix: "Link each to another variant, or ignore it, in the admin under Channels.",
      ...countedIds(gone),
    })
  }
  if (stateless.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(stateless[0]?.total ?? 0, "linked listing")} without a state.`,
      means: "The hub never writes their numbers.",
      fix: "Connect the connection anew: that reads its listings and makes what is missing.",
      ...countedIds(stateless),
    })
  }
  return findings
}

export const listings = defineCheck<ListingFacts>({
  id: "listings",
  title: "Every linked listing sells a variant that is there",
  tables: ["hub_listing", "hub_listing_state", "hub_location_mapping", "product_variant"],
  cost: "deep",
  load: async ({ sql }) => ({ gone: await query(sql, GONE_SQL), stateless: await query(sql, STATELESS_SQL) }),
  judge: judgeListings,
})
