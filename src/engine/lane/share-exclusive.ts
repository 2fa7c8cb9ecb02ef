import { addAmounts, amountOf, availableInAll, multiplyAmount, parseAmount, type Amount } from "../../lib/quantity"
import { loadAvailability, type LoadedAvailability } from "../queries/load-availability"
import { query, type Sql } from "../sql"
import { toQuantityInput, computeRow, type ComputedRow } from "./compute-row"
import { exclusiveCeiling } from "./exposure"

const NOTHING = amountOf(0)

/** What one listing may be showing of one inventory item. */
interface Exposed {
  readonly state_id: string
  readonly inventory_item_id: string
  /** Units of the item in one channel unit. */
  readonly units: string
  exposed: number
  readonly location_ids: readonly string[]
}

/*
 * Every exclusive listing that draws on the same items, with what it may be showing. Two listings draw on the same stock
 * when a location feeds both.
 */
const EXPOSED_SQL = `
  SELECT s.id AS state_id, kit.inventory_item_id, (kit.required_quantity * l.pack_size)::text AS units,
    COALESCE(s.exposed, 0) AS exposed, array_agg(mapping.stock_location_id) AS location_ids
  FROM product_variant_inventory_item kit
  JOIN hub_listing l ON l.variant_id = kit.variant_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  JOIN hub_connection c ON c.id = l.connection_id AND c.deleted_at IS NULL
  JOIN hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL
  JOIN hub_location_mapping mapping ON mapping.connection_id = s.connection_id
    AND mapping.external_location_id = s.external_location_id AND mapping.deleted_at IS NULL
  WHERE kit.inventory_item_id = ANY(:itemIds) AND kit.deleted_at IS NULL
    AND (c.quantity_rule || COALESCE(l.quantity_rule, '{}')) ->> 'sharePercent' IS NOT NULL
  GROUP BY s.id, kit.inventory_item_id, kit.required_quantity, l.pack_size, s.exposed`

const LOCK_SQL = `
  SELECT pg_advisory_xact_lock(hashtextextended('hub-exposure:' || id, 0))
  FROM (SELECT unnest(CAST(:itemIds AS text[])) AS id ORDER BY 1) item`

/** Nobody else shares these items out, or raises what is exposed of them, until the transaction ends. */
export const lockExposure = (transaction: Sql, itemIds: readonly string[]): Promise<unknown> =>
  query(transaction, LOCK_SQL, { itemIds })

const RAISE_SQL = `
  UPDATE hub_listing_state s SET exposed = GREATEST(COALESCE(s.exposed, 0), r.quantity)
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id text, quantity integer)
  WHERE s.id = r.id AND s.lease_token = :token`

export const isExclusive = (loaded: LoadedAvailability): boolean => (loaded.rule.sharePercent ?? null) !== null

const amountFrom = (text: string): Amount => {
  const amount = parseAmount(text, "up")
  return amount.ok ? amount.value : NOTHING
}

function exposedElsewhere(all: readonly Exposed[], loaded: LoadedAvailability, itemId: string): Amount {
  return all
    .filter(
      (entry) =>
        entry.inventory_item_id === itemId &&
        entry.state_id !== loaded.stateId &&
        entry.location_ids.some((id) => loaded.locationIds.includes(id))
    )
    .reduce((sum, entry) => addAmounts(sum, multiplyAmount(amountFrom(entry.units), entry.exposed)), NOTHING)
}

/** Units of the variant that the listing may be given now. */
function ceilingOf(all: readonly Exposed[], loaded: LoadedAvailability): number {
  const input = toQuantityInput(loaded)
  if (!input.ok) {
    return 0
  }
  return exclusiveCeiling(
    input.value.components.map((component) => ({
      required: component.required,
      available: availableInAll(component),
      exposedElsewhere: exposedElsewhere(all, loaded, component.inventoryItemId),
    }))
  )
}

/**
 * Computes exclusive listings one after the other under a lock on their items, and notes at once what each may be showing
 * from now on. Exposure is read before the stock: whoever lowers it has had the stock lowered before.
 */
export async function computeExclusive(
  sql: Sql,
  claim: { readonly token: string; readonly stateIds: readonly string[]; readonly itemIds: readonly string[] }
): Promise<Map<string, { readonly loaded: LoadedAvailability; readonly computed: ComputedRow }>> {
  return sql.transaction(async (transaction) => {
    await lockExposure(transaction, claim.itemIds)
    const all = await query<Exposed>(transaction, EXPOSED_SQL, { itemIds: claim.itemIds })
    const availability = await loadAvailability(transaction, claim.stateIds)
    const raised: { id: string; quantity: number }[] = []
    const results = new Map<string, { readonly loaded: LoadedAvailability; readonly computed: ComputedRow }>()
    for (const stateId of claim.stateIds) {
      const loaded = availability.get(stateId)
      if (!loaded) {
        continue
      }
      const result = computeRow(loaded, { ceiling: ceilingOf(all, loaded) })
      results.set(stateId, { loaded, computed: result })
      if (result.computed.kind === "show") {
        const { quantity } = result.computed
        raised.push({ id: stateId, quantity })
        for (const entry of all.filter((candidate) => candidate.state_id === stateId)) {
          entry.exposed = Math.max(entry.exposed, quantity)
        }
      }
    }
    await query(transaction, RAISE_SQL, { rows: JSON.stringify(raised), token: claim.token })
    return results
  })
}
