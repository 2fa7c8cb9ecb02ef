import { markListings } from "../mark"
import { query, type Sql } from "../sql"
import type { ListingLinkState } from "../../types/states"
import { createListingStates } from "./import-listings"

/** What one listing sells. Fields that are left out stay as they are. */
export interface ListingMapping {
  readonly id: string
  /** Null unlinks. */
  readonly variant_id?: string | null
  readonly link_state?: ListingLinkState
  readonly pack_size?: number
}

const UPDATE_SQL = `
  WITH change AS (
    SELECT * FROM jsonb_to_recordset(CAST(:mappings AS jsonb)) AS m(
      id text, variant_id text, sets_variant boolean, link_state text, pack_size integer)
  ), before AS (
    SELECT l.id, l.variant_id, l.link_state, l.pack_size FROM hub_listing l JOIN change ON change.id = l.id
    ORDER BY l.id FOR UPDATE OF l
  ), updated AS (
    UPDATE hub_listing l SET
      variant_id = CASE WHEN change.sets_variant THEN change.variant_id ELSE l.variant_id END,
      link_state = COALESCE(change.link_state, l.link_state),
      link_evidence = CASE WHEN change.sets_variant THEN 'person' ELSE l.link_evidence END,
      pack_size = COALESCE(change.pack_size, l.pack_size),
      updated_at = now()
    FROM before JOIN change ON change.id = before.id WHERE l.id = before.id
    RETURNING l.id, l.connection_id
  )
  SELECT before.*, updated.connection_id FROM before JOIN updated ON updated.id = before.id`

interface BeforeRow {
  readonly id: string
  readonly variant_id: string | null
  readonly link_state: ListingLinkState
  readonly pack_size: number
  readonly connection_id: string
}

/**
 * Changes what listings sell and makes everything they show stale, in one transaction.
 *
 * @returns how they were before, in a form that this function takes
 */
export async function updateMapping(sql: Sql, mappings: readonly ListingMapping[]): Promise<ListingMapping[]> {
  return sql.transaction(async (transaction) => {
    const before = await query<BeforeRow>(transaction, UPDATE_SQL, {
      mappings: JSON.stringify(
        mappings.map(({ variant_id, link_state, ...rest }) => ({
          ...rest,
          variant_id: variant_id ?? null,
          sets_variant: variant_id !== undefined,
          link_state: link_state ?? (variant_id === undefined ? null : variant_id === null ? "unlinked" : "linked"),
        }))
      ),
    })
    for (const connectionId of new Set(before.map((row) => row.connection_id))) {
      await createListingStates(transaction, connectionId)
    }
    await markListings(transaction, { listingIds: before.map((row) => row.id) })
    return before.map(({ connection_id: _connectionId, ...mapping }) => mapping)
  })
}
