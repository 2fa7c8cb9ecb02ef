import { query } from "../../sql"
import { countedIds, countOf, defineCheck, type CountedId, type Finding } from "../check"

export interface LevelFacts {
  readonly negative: readonly CountedId[]
  readonly orphaned: readonly CountedId[]
  readonly mismatched: readonly CountedId[]
  readonly forgotten: readonly CountedId[]
}

const NEGATIVE_SQL = `
  SELECT id, count(*) OVER ()::int AS total FROM inventory_level
  WHERE deleted_at IS NULL AND (stocked_quantity < 0 OR reserved_quantity < 0) ORDER BY id LIMIT 10`

const ORPHANED_SQL = `
  SELECT level.id, count(*) OVER ()::int AS total FROM inventory_level level
  LEFT JOIN stock_location place ON place.id = level.location_id AND place.deleted_at IS NULL
  LEFT JOIN inventory_item item ON item.id = level.inventory_item_id AND item.deleted_at IS NULL
  WHERE level.deleted_at IS NULL AND (place.id IS NULL OR item.id IS NULL) ORDER BY level.id LIMIT 10`

const MISMATCHED_SQL = `
  SELECT level.id, count(*) OVER ()::int AS total FROM inventory_level level
  LEFT JOIN (
    SELECT inventory_item_id, location_id, sum(quantity) AS quantity FROM reservation_item WHERE deleted_at IS NULL GROUP BY 1, 2
  ) kept ON kept.inventory_item_id = level.inventory_item_id AND kept.location_id = level.location_id
  WHERE level.deleted_at IS NULL AND level.reserved_quantity <> COALESCE(kept.quantity, 0) ORDER BY level.id LIMIT 10`

const FORGOTTEN_SQL = `
  SELECT kept.id, count(*) OVER ()::int AS total FROM reservation_item kept
  JOIN order_item line ON line.item_id = kept.line_item_id AND line.deleted_at IS NULL
  JOIN "order" o ON o.id = line.order_id AND o.version = line.version
  WHERE kept.deleted_at IS NULL AND (o.status = 'canceled' OR o.deleted_at IS NOT NULL) ORDER BY kept.id LIMIT 10`

const FINDINGS: Readonly<
  Record<keyof LevelFacts, Pick<Finding, "means" | "fix"> & { readonly of: string; readonly are: string }>
> = {
  negative: {
    of: "stock level",
    are: "with a quantity below zero",
    means:
      "The hub counts a negative reservation as none and shows a negative stock as zero, so it does not oversell because of it.",
    fix: "Correct these levels in Medusa's admin.",
  },
  orphaned: {
    of: "stock level",
    are: "of a deleted location or item",
    means: "Medusa leaves them behind. The hub does not count them; other reports may.",
    fix: "Nothing is urgent. Delete the levels when you are sure.",
  },
  mismatched: {
    of: "stock level",
    are: "whose reserved quantity is not the sum of its reservations",
    means: "Too much reserved hides stock that could be sold; too little sells stock that is promised.",
    fix: "Compare with the open orders and correct the reservations in Medusa's admin.",
  },
  forgotten: {
    of: "reservation",
    are: "of an order that was cancelled or deleted",
    means: "They keep stock from being sold.",
    fix: "Delete these reservations in Medusa's admin.",
  },
}

export const judgeLevels = (facts: LevelFacts): Finding[] =>
  (["negative", "mismatched", "forgotten", "orphaned"] as const).flatMap((kind): Finding[] => {
    const rows = facts[kind]
    const { of, are, means, fix } = FINDINGS[kind]
    return rows.length === 0
      ? []
      : [{ severity: "degraded", what: `${countOf(rows[0]?.total ?? 0, of)} ${are}.`, means, fix, ...countedIds(rows) }]
  })

export const levels = defineCheck<LevelFacts>({
  id: "levels",
  title: "Stock levels, reservations and orders agree",
  tables: ["inventory_level", "reservation_item", "stock_location", "inventory_item", "order_item", '"order"'],
  cost: "deep",
  load: async ({ sql }) => ({
    negative: await query(sql, NEGATIVE_SQL),
    orphaned: await query(sql, ORPHANED_SQL),
    mismatched: await query(sql, MISMATCHED_SQL),
    forgotten: await query(sql, FORGOTTEN_SQL),
  }),
  judge: judgeLevels,
})
