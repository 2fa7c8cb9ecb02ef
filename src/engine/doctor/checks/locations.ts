import { query } from "../../sql"
import { countedIds, countOf, defineCheck, type CountedId, type Finding } from "../check"

export interface LocationFacts {
  readonly gone: readonly CountedId[]
  /** Running connections that no living location feeds. */
  readonly unfed: readonly CountedId[]
}

const GONE_SQL = `
  SELECT m.id, count(*) OVER ()::int AS total FROM hub_location_mapping m
  JOIN hub_connection c ON c.id = m.connection_id AND c.deleted_at IS NULL
  LEFT JOIN stock_location place ON place.id = m.stock_location_id AND place.deleted_at IS NULL
  WHERE m.deleted_at IS NULL AND place.id IS NULL ORDER BY m.id LIMIT 10`

const UNFED_SQL = `
  SELECT c.id, count(*) OVER ()::int AS total FROM hub_connection c
  WHERE c.deleted_at IS NULL AND c.state IN ('connected', 'degraded') AND NOT EXISTS (
    SELECT 1 FROM hub_location_mapping m
    JOIN stock_location place ON place.id = m.stock_location_id AND place.deleted_at IS NULL
    WHERE m.connection_id = c.id AND m.deleted_at IS NULL)
  ORDER BY c.id LIMIT 10`

export function judgeLocations({ gone, unfed }: LocationFacts): Finding[] {
  const findings: Finding[] = []
  if (gone.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(gone[0]?.total ?? 0, "location mapping")} to a stock location that was deleted in Medusa.`,
      means: "Stock of that location is no longer offered.",
      fix: "Map another location, or leave it if that is what you want.",
      ...countedIds(gone),
    })
  }
  if (unfed.length > 0) {
    findings.push({
      severity: "degraded",
      what: `${countOf(unfed[0]?.total ?? 0, "connection")} that no stock location feeds.`,
      means: "Nobody knows how many there are, so the channel keeps its last numbers.",
      fix: "Map a location to the connection.",
      ...countedIds(unfed),
    })
  }
  return findings
}

export const locations = defineCheck<LocationFacts>({
  id: "locations",
  title: "Every location mapping leads to a location that is there",
  tables: ["hub_location_mapping", "hub_connection", "stock_location"],
  cost: "quick",
  load: async ({ sql }) => ({ gone: await query(sql, GONE_SQL), unfed: await query(sql, UNFED_SQL) }),
  judge: judgeLocations,
})
