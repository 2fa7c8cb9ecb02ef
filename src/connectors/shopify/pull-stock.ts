import { HubError } from "../../lib/errors"
import type { StockKey, StockObservation } from "../../types/channel"
import { levelsOperation, MOST_LOCATIONS } from "./documents"
import { affordable, call, type Session } from "./graphql"
import { ITEM_PREFIX, LOCATION_PREFIX, pairOf, toObservations } from "./map"
import { levelsSchema } from "./schema"

const isKnown = ({ externalListingId, externalLocationId }: StockKey): boolean =>
  externalListingId.startsWith(ITEM_PREFIX) && externalLocationId.startsWith(LOCATION_PREFIX)

interface AtLocation {
  readonly location: string
  readonly keys: readonly StockKey[]
}

const byLocation = (keys: readonly StockKey[]): AtLocation[] =>
  [...new Set(keys.map((key) => key.externalLocationId))].map((location) => ({
    location,
    keys: keys.filter((key) => key.externalLocationId === location),
  }))

/** One question for as many keys as it may ask for, at all of their locations. */
async function readChunk(session: Session, keys: readonly StockKey[]): Promise<StockObservation[]> {
  const groups = byLocation(keys)
  const variables: Record<string, unknown> = {}
  groups.forEach(({ location, keys: there }, index) => {
    variables[`ids${index}`] = there.map((key) => key.externalListingId)
    variables[`location${index}`] = location
  })
  const answer = await call(session, {
    operation: levelsOperation(groups.length),
    what: `Reading ${keys.length} quantities`,
    schema: levelsSchema,
    variables,
  })
  return groups.flatMap(({ keys: there }, index) => {
    const nodes = answer[`at${index}`]
    if (!nodes) {
      throw new HubError({ kind: "invalid-data", message: "Reading quantities: the answer leaves a location out." })
    }
    return toObservations(there, nodes)
  })
}

/** So many keys from the beginning that no question asks about too many locations. */
function chunkOf(keys: readonly StockKey[], size: number): readonly StockKey[] {
  const locations = new Set<string>()
  const end = keys.findIndex(
    ({ externalLocationId }, index) => index >= size || locations.add(externalLocationId).size > MOST_LOCATIONS
  )
  return end === -1 ? keys : keys.slice(0, end)
}

/** Reads what is available. One observation for each key, in order. */
export async function pullStock(session: Session, keys: readonly StockKey[]): Promise<readonly StockObservation[]> {
  const unique = [...new Map(keys.filter(isKnown).map((key) => [pairOf(key), key])).values()]
  const read = new Map<string, StockObservation>()
  while (read.size < unique.length) {
    const rest = unique.slice(read.size)
    const observations = await affordable(session, { operation: levelsOperation(1) }, (size) =>
      readChunk(session, chunkOf(rest, size))
    )
    observations.forEach((observation) => read.set(pairOf(observation), observation))
  }
  return keys.map(({ externalListingId, externalLocationId }) => ({
    externalListingId,
    externalLocationId,
    quantity: read.get(pairOf({ externalListingId, externalLocationId }))?.quantity ?? null,
  }))
}
