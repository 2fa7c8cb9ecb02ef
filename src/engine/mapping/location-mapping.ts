import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId } from "@medusajs/framework/utils"
import { HubError, toFailure } from "../../lib/errors"
import type { HubLocationChange, HubLocationMappingEntry, HubLocationMappingResponse } from "../../types/http/mapping"
import { openConnection } from "../connections"
import { createListingStates } from "../listings/import-listings"
import { markConnection } from "../mark"
import { query, type Sql } from "../sql"

const ENTRIES_SQL = `
  SELECT location.id AS stock_location_id, location.name AS stock_location_name, m.external_location_id
  FROM stock_location location
  LEFT JOIN hub_location_mapping m ON m.stock_location_id = location.id AND m.connection_id = :connectionId AND m.deleted_at IS NULL
  WHERE location.deleted_at IS NULL ORDER BY location.name, location.id`

async function assertConnection(sql: Sql, connectionId: string): Promise<void> {
  const rows = await query(sql, "SELECT 1 FROM hub_connection WHERE id = :connectionId AND deleted_at IS NULL", {
    connectionId,
  })
  if (rows.length === 0) {
    throw new HubError({ kind: "not-found", message: `There is no connection ${connectionId}.` })
  }
}

async function askChannel(
  container: MedusaContainer,
  connectionId: string
): Promise<Pick<HubLocationMappingResponse, "external_locations" | "external_problem">> {
  try {
    const { client, traits } = await openConnection(container, connectionId)
    if (!traits.hasLocations || !client.listLocations) {
      return { external_locations: null, external_problem: null }
    }
    const locations = await client.listLocations()
    return {
      external_locations: locations.map(({ externalId, name }) => ({ external_id: externalId, name })),
      external_problem: null,
    }
  } catch (error) {
    return { external_locations: [], external_problem: toFailure(error).message }
  }
}

/** Which stock location feeds which location of a channel, and which locations the channel has. */
export async function loadLocationMapping(
  container: MedusaContainer,
  connectionId: string
): Promise<HubLocationMappingResponse> {
  const sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await assertConnection(sql, connectionId)
  const entries = await query<HubLocationMappingEntry>(sql, ENTRIES_SQL, { connectionId })
  return { ...(await askChannel(container, connectionId)), entries }
}

export interface LocationPair {
  readonly stock_location_id: string
  readonly external_location_id: string
}

const feedersOf = (pairs: readonly LocationPair[]): Map<string, string[]> => {
  const feeders = new Map<string, string[]>()
  for (const pair of pairs) {
    feeders.set(pair.external_location_id, [...(feeders.get(pair.external_location_id) ?? []), pair.stock_location_id])
  }
  return feeders
}

/** What another mapping means for each location of the channel. Pure. */
export function compareLocations(
  before: readonly LocationPair[],
  after: readonly LocationPair[]
): Omit<HubLocationChange, "listing_count">[] {
  const [was, will] = [feedersOf(before), feedersOf(after)]
  return [...new Set([...was.keys(), ...will.keys()])].sort().flatMap((place) => {
    const [old, now] = [[...(was.get(place) ?? [])].sort(), [...(will.get(place) ?? [])].sort()]
    if (old.join() === now.join()) {
      return []
    }
    const kind = old.length === 0 ? "added" : now.length === 0 ? "removed" : "fed-by-others"
    return [{ external_location_id: place, kind, before: old, after: now }] as const
  })
}

async function assertPairs(sql: Sql, pairs: readonly LocationPair[]): Promise<void> {
  const ids = pairs.map((pair) => pair.stock_location_id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) {
    throw new HubError({
      kind: "invalid-data",
      message: `The stock location ${twice} feeds two locations of the channel: its units would be promised twice. Choose one.`,
    })
  }
  const found = await query<{ id: string }>(
    sql,
    "SELECT id FROM stock_location WHERE id = ANY(:ids) AND deleted_at IS NULL",
    { ids }
  )
  const missing = ids.filter((id) => !found.some((row) => row.id === id))
  if (missing.length > 0) {
    throw new HubError({ kind: "invalid-data", message: `There is no stock location ${missing.join(", ")}.` })
  }
}

const NAMES_SQL = "SELECT id, name FROM stock_location WHERE id = ANY(:ids)"

async function withNames(
  sql: Sql,
  connectionId: string,
  changes: readonly Omit<HubLocationChange, "listing_count">[]
): Promise<HubLocationChange[]> {
  const ids = changes.flatMap(({ before, after }) => [...before, ...after])
  const rows = await query<{ id: string; name: string }>(sql, NAMES_SQL, { ids })
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const [linked] = await query<{ count: number }>(
    sql,
    "SELECT count(*)::int AS count FROM hub_listing WHERE connection_id = :connectionId AND link_state = 'linked' AND deleted_at IS NULL",
    { connectionId }
  )
  const named = (ofChange: readonly string[]): string[] => ofChange.map((id) => names.get(id) ?? id).sort()
  return changes.map((change) => ({
    ...change,
    before: named(change.before),
    after: named(change.after),
    listing_count: linked?.count ?? 0,
  }))
}

const REMOVE_SQL = `
  UPDATE hub_location_mapping SET deleted_at = now(), updated_at = now()
  WHERE connection_id = :connectionId AND deleted_at IS NULL`

const INSERT_SQL = `
  INSERT INTO hub_location_mapping (id, company_id, connection_id, stock_location_id, external_location_id)
  SELECT p.id, c.company_id, c.id, p.stock_location_id, p.external_location_id
  FROM jsonb_to_recordset(CAST(:pairs AS jsonb)) AS p(id text, stock_location_id text, external_location_id text)
  JOIN hub_connection c ON c.id = :connectionId`

/** Nothing is written to these places any more. A worker that is in the middle of one finds its lease gone. */
const RETIRE_SQL = `
  UPDATE hub_listing_state s SET deleted_at = now(), lease_token = NULL, lease_until = NULL, updated_at = now()
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM hub_location_mapping m WHERE m.connection_id = s.connection_id
      AND m.external_location_id = s.external_location_id AND m.deleted_at IS NULL)`

const CURRENT_SQL = `
  SELECT stock_location_id, external_location_id FROM hub_location_mapping
  WHERE connection_id = :connectionId AND deleted_at IS NULL ORDER BY id FOR UPDATE`

/**
 * Makes these stock locations feed these locations of the channel, and no others. Places that get stock for the first time
 * get numbers; places that get none any more keep, on the channel, what they show: the hub only stops writing to them.
 *
 * @param options.isDryRun says what would change, and changes nothing
 */
export async function saveLocationMapping(
  sql: Sql,
  connectionId: string,
  options: { readonly pairs: readonly LocationPair[]; readonly isDryRun: boolean }
): Promise<HubLocationChange[]> {
  const { pairs, isDryRun } = options
  await assertConnection(sql, connectionId)
  await assertPairs(sql, pairs)
  const changes = await sql.transaction(async (transaction) => {
    const before = await query<LocationPair>(transaction, CURRENT_SQL, { connectionId })
    const found = compareLocations(before, pairs)
    if (!isDryRun && found.length > 0) {
      await query(transaction, REMOVE_SQL, { connectionId })
      const rows = pairs.map((pair) => ({ id: generateEntityId(undefined, "hlmap"), ...pair }))
      await query(transaction, INSERT_SQL, { connectionId, pairs: JSON.stringify(rows) })
      await query(transaction, RETIRE_SQL, { connectionId })
      await createListingStates(transaction, connectionId)
    }
    return withNames(transaction, connectionId, found)
  })
  if (!isDryRun && changes.length > 0) {
    await markConnection(sql, connectionId)
  }
  return changes
}
