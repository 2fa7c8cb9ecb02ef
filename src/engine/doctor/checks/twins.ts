import { query } from "../../sql"
import { countedIds, countOf, defineCheck, type CountedId, type Finding } from "../check"

export interface TwinFacts {
  readonly stocked: readonly CountedId[]
  readonly reserved: readonly CountedId[]
}

// A raw value that is no number differs from every number.
const twinsSql = (column: "stocked_quantity" | "reserved_quantity"): string => `
  SELECT level.id, count(*) OVER ()::int AS total FROM inventory_level level
  WHERE level.deleted_at IS NULL AND level.raw_${column} IS NOT NULL
    AND CASE WHEN level.raw_${column}->>'value' ~ '^-{0,1}[0-9]+([.][0-9]+){0,1}$'
             THEN (level.raw_${column}->>'value')::numeric <> level.${column} ELSE true END
  ORDER BY level.id LIMIT 10`

export function judgeTwins({ stocked, reserved }: TwinFacts): Finding[] {
  const of = (rows: readonly CountedId[], word: string): Finding[] =>
    rows.length === 0
      ? []
      : [
          {
            severity: "degraded",
            what: `${countOf(rows[0]?.total ?? 0, "stock level")} where the ${word} quantity and its exact twin (raw_${word}_quantity) disagree.`,
            means:
              "Somebody changed the plain column in SQL. The hub and the admin read the plain one; Medusa's own arithmetic reads the twin, and the next sale may bring the old number back.",
            fix: "Set the stock of these levels once in Medusa's admin: that writes both.",
            ...countedIds(rows),
          },
        ]
  return [...of(stocked, "stocked"), ...of(reserved, "reserved")]
}

export const twins = defineCheck<TwinFacts>({
  id: "twins",
  title: "Stock levels agree with their exact twins",
  tables: ["inventory_level"],
  cost: "deep",
  load: async ({ sql }) => ({
    stocked: await query(sql, twinsSql("stocked_quantity")),
    reserved: await query(sql, twinsSql("reserved_quantity")),
  }),
  judge: judgeTwins,
})
