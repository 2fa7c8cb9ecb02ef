import { HubError } from "../../lib/errors"
import { decodeExplanation, describeExplanation, recompute } from "../../lib/quantity"
import type { HubWhy } from "../../types/http/hub"
import { query, type Sql } from "../sql"

/** Which numbers to explain. The fields that are set all have to match. */
export interface WhyFilter {
  readonly listingId?: string
  /** Every listing whose variant is made of this item. */
  readonly inventoryItemId?: string
  readonly variantId?: string
  /** Exactly this SKU, on the channel or in Medusa. */
  readonly sku?: string
  /** Id or name. */
  readonly connection?: string
  /** Explain the number that was in force at this moment; ISO 8601. Without it, the one that was sent last. */
  readonly at?: string
  /** Explain this number, whenever it was. */
  readonly explanationId?: string
}

interface Row extends Omit<HubWhy, "explanation"> {
  readonly explanation: {
    readonly id: string
    readonly quantity: number
    readonly inputs: unknown
    readonly outcome: string | null
    readonly caused_at: string
    readonly computed_at: string
    readonly settled_at: string | null
  } | null
}

const SQL = `
  SELECT l.id AS listing_id, c.id AS connection_id, c.name AS connection_name, s.external_location_id, l.external_sku, l.title,
    s.state, s.state_reason, s.desired, s.acked, s.observed, to_jsonb(e) AS explanation
  FROM hub_listing l
  JOIN hub_connection c ON c.id = l.connection_id AND c.deleted_at IS NULL
  JOIN hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL
  LEFT JOIN LATERAL (
    SELECT x.id, x.quantity, x.inputs, x.outcome, x.caused_at, x.computed_at, x.settled_at
    FROM hub_explanation x
    WHERE x.listing_id = l.id AND x.external_location_id = s.external_location_id
      AND (CAST(:at AS timestamptz) IS NULL OR x.computed_at <= CAST(:at AS timestamptz))
      AND (CAST(:explanationId AS text) IS NULL OR x.id = :explanationId)
    -- In force is what the channel had accepted by then; before its first answer, what was on its way.
    ORDER BY COALESCE(x.outcome = 'accepted' AND x.settled_at <= CAST(:at AS timestamptz), false) DESC,
      x.computed_at DESC LIMIT 1
  ) e ON true
  WHERE l.deleted_at IS NULL
    AND (CAST(:listingId AS text) IS NULL OR l.id = :listingId)
    AND (CAST(:inventoryItemId AS text) IS NULL OR l.variant_id IN (
      SELECT kit.variant_id FROM product_variant_inventory_item kit
      WHERE kit.inventory_item_id = :inventoryItemId AND kit.deleted_at IS NULL))
    AND (CAST(:variantId AS text) IS NULL OR l.variant_id = :variantId)
    AND (CAST(:sku AS text) IS NULL OR l.external_sku = :sku OR l.variant_id IN (
      SELECT v.id FROM product_variant v WHERE v.sku = :sku AND v.deleted_at IS NULL))
    AND (CAST(:connection AS text) IS NULL OR c.id = :connection OR c.name = :connection)
  ORDER BY c.name, l.external_sku, s.external_location_id
  LIMIT 200`

const NAMES_SQL = `
  SELECT id, name FROM stock_location WHERE id = ANY(:ids)
  UNION ALL
  SELECT id, COALESCE(sku, title, id) FROM inventory_item WHERE id = ANY(:ids)`

async function loadNames(sql: Sql, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = new Set<string>()
  for (const row of rows) {
    const input = decodeExplanation(row.explanation?.inputs)
    for (const component of input.ok ? input.value.components : []) {
      ids.add(component.inventoryItemId)
      component.levels.forEach((level) => ids.add(level.locationId))
    }
  }
  const names = await query<{ id: string; name: string }>(sql, NAMES_SQL, { ids: [...ids] })
  return new Map(names.map(({ id, name }) => [id, name]))
}

/** What a step is about by name, so that it can be told in any language: names of things that are gone are left out. */
function namesIn(params: object, names: ReadonlyMap<string, string>): Record<string, string> {
  const nameOf = (key: string): string | undefined => {
    const id: unknown = Object.entries(params).find(([name]) => name === key)?.[1]
    return typeof id === "string" ? names.get(id) : undefined
  }
  const locationName = nameOf("locationId")
  const itemName = nameOf("itemId")
  return { ...(locationName === undefined ? {} : { locationName }), ...(itemName === undefined ? {} : { itemName }) }
}

function toWhy({ explanation, ...row }: Row, names: ReadonlyMap<string, string>): HubWhy {
  if (!explanation) {
    return { ...row, explanation: null }
  }
  const { inputs, ...rest } = explanation
  const steps = describeExplanation(inputs, { location: (id) => names.get(id), item: (id) => names.get(id) })
  const again = recompute(inputs)
  return {
    ...row,
    explanation: {
      ...rest,
      steps: steps.ok
        ? steps.value.map((step) => ({ ...step, params: { ...step.params, ...namesIn(step.params, names) } }))
        : [],
      is_verified: again.ok && again.value.kind === "show" && again.value.quantity === explanation.quantity,
    },
  }
}

/** Explains, for every listing that the filter finds, the number that was sent to the channel last. At most 200. */
export async function loadWhy(sql: Sql, filter: WhyFilter): Promise<HubWhy[]> {
  const rows = await query<Row>(sql, SQL, {
    listingId: filter.listingId ?? null,
    inventoryItemId: filter.inventoryItemId ?? null,
    variantId: filter.variantId ?? null,
    sku: filter.sku ?? null,
    connection: filter.connection ?? null,
    at: filter.at ?? null,
    explanationId: filter.explanationId ?? null,
  })
  const names = await loadNames(sql, rows)
  return rows.map((row) => toWhy(row, names))
}

/**
 * Explains one listing at each of its locations. A listing that is linked to nothing has nothing to explain.
 *
 * Fails with `not-found` for an unknown listing.
 */
export async function loadListingWhy(
  sql: Sql,
  listingId: string,
  moment: Pick<WhyFilter, "at" | "explanationId"> = {}
): Promise<HubWhy[]> {
  const [known] = await query(sql, "SELECT 1 FROM hub_listing WHERE id = :listingId AND deleted_at IS NULL", {
    listingId,
  })
  if (!known) {
    throw new HubError({ kind: "not-found", message: `There is no listing ${listingId}.` })
  }
  return loadWhy(sql, { listingId, ...moment })
}
