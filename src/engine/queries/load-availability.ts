import type { QuantityRule } from "../../lib/quantity"
import { query, type Sql } from "../sql"

/** Stock of one inventory item at one location, as decimal texts so that no digit is lost. */
export interface LoadedLevel {
  readonly locationId: string
  readonly stocked: string
  readonly reserved: string
}

export interface LoadedComponent {
  readonly inventoryItemId: string
  readonly required: string
  readonly levels: readonly LoadedLevel[]
}

/** Everything that decides what one listing shows at one external location. */
export interface LoadedAvailability {
  readonly stateId: string
  readonly isLinked: boolean
  /** The listing is linked, but to a variant that is no longer there. */
  readonly isVariantGone: boolean
  readonly isManaged: boolean
  readonly allowBackorder: boolean
  readonly packSize: number
  /** Stock locations that feed the external location. */
  readonly locationIds: readonly string[]
  readonly components: readonly LoadedComponent[]
  /** The listing's own rule over the connection's. */
  readonly rule: Partial<QuantityRule>
}

interface Row {
  readonly state_id: string
  readonly is_linked: boolean
  readonly is_variant_gone: boolean
  readonly manage_inventory: boolean | null
  readonly allow_backorder: boolean | null
  readonly pack_size: number
  readonly rule: Partial<QuantityRule>
  readonly location_ids: string[]
  readonly components: readonly { inventory_item_id: string; required: string; levels: readonly LoadedLevel[] }[]
}

/*
 * Trusts the plain `stocked_quantity` and `reserved_quantity`, not their raw_ twins: a person who edits a level in SQL
 * edits the plain columns. Levels of deleted stock locations stay in Medusa's table, hence the join with stock_location.
 */
const SQL = `
  WITH feeding AS (
    SELECT s.id AS state_id, s.listing_id, s.connection_id,
      COALESCE(array_agg(location.id ORDER BY location.id) FILTER (WHERE location.id IS NOT NULL), '{}') AS location_ids
    FROM hub_listing_state s
    LEFT JOIN hub_location_mapping mapping ON mapping.connection_id = s.connection_id
      AND mapping.external_location_id = s.external_location_id AND mapping.deleted_at IS NULL
    LEFT JOIN stock_location location ON location.id = mapping.stock_location_id AND location.deleted_at IS NULL
    WHERE s.id = ANY(:stateIds)
    GROUP BY s.id
  )
  SELECT f.state_id, (l.link_state = 'linked' AND v.id IS NOT NULL) AS is_linked,
    (l.link_state = 'linked' AND v.id IS NULL) AS is_variant_gone, v.manage_inventory, v.allow_backorder,
    l.pack_size, c.quantity_rule || COALESCE(l.quantity_rule, '{}') AS rule, f.location_ids,
    COALESCE(
      (SELECT jsonb_agg(jsonb_build_object(
          'inventory_item_id', kit.inventory_item_id,
          'required', kit.required_quantity::text,
          'levels', COALESCE(
            (SELECT jsonb_agg(jsonb_build_object('locationId', level.location_id, 'stocked', level.stocked_quantity::text,
                'reserved', level.reserved_quantity::text) ORDER BY level.location_id)
             FROM inventory_level level
             WHERE level.inventory_item_id = kit.inventory_item_id AND level.location_id = ANY(f.location_ids)
               AND level.deleted_at IS NULL), '[]'))
        ORDER BY kit.inventory_item_id)
       FROM product_variant_inventory_item kit
       WHERE kit.variant_id = v.id AND kit.deleted_at IS NULL), '[]') AS components
  FROM feeding f
  JOIN hub_listing l ON l.id = f.listing_id AND l.deleted_at IS NULL
  JOIN hub_connection c ON c.id = f.connection_id
  LEFT JOIN product_variant v ON v.id = l.variant_id AND v.deleted_at IS NULL`

/** Reads the availability behind many listing states in one query. States that are gone are not in the result. */
export async function loadAvailability(
  sql: Sql,
  stateIds: readonly string[]
): Promise<Map<string, LoadedAvailability>> {
  const rows = await query<Row>(sql, SQL, { stateIds })
  return new Map(
    rows.map((row) => [
      row.state_id,
      {
        stateId: row.state_id,
        isLinked: row.is_linked,
        isVariantGone: row.is_variant_gone,
        isManaged: row.manage_inventory ?? true,
        allowBackorder: row.allow_backorder ?? false,
        packSize: row.pack_size,
        locationIds: row.location_ids,
        components: row.components.map((component) => ({
          inventoryItemId: component.inventory_item_id,
          required: component.required,
          levels: component.levels,
        })),
        rule: row.rule,
      },
    ])
  )
}
