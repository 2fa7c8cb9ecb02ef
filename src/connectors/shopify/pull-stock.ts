import type { StockKey, StockObservation } from "../../types/channel"
import { LEVELS } from "./documents"
import { affordable, call, type Session } from "./graphql"
import { ITEM_PREFIX, LOCATION_PREFIX, pairOf, toObservations } from "./map"
import { levelsSchema } from "./schema"

const isKnown = ({ externalListingId, externalLocationId }: StockKey): boolean =>
  externalListingId.startsWith(ITEM_PREFIX) && externalLocationId.startsWith(LOCATION_PREFIX)

async function readLevels(session: Session, keys: readonly StockKey[]): Promise<StockObservation[]> {
  const observations: StockObservation[] = []
  while (observations.length < keys.length) {
    const from = observations.length
    const read = await affordable(session, { operation: LEVELS }, async (size) => {
      const chunk = keys.slice(from, from + size)
      const { nodes } = await call(session, {
        operation: LEVELS,
        what: `Reading ${chunk.length} quantities`,
        schema: levelsSchema,
        variables: { ids: chunk.map((key) => key.externalListingId), locationId: chunk[0]?.externalLocationId },
      })
      return toObservations(chunk, nodes)
    })
    observations.push(...read)
  }
  return observations
}

/** Reads what is available, one location after the other. One observation for each key, in order. */
export async function pullStock(session: Session, keys: readonly StockKey[]): Promise<readonly StockObservation[]> {
  const unique = [...new Map(keys.filter(isKnown).map((key) => [pairOf(key), key])).values()]
  const read = new Map<string, StockObservation>()
  for (const location of new Set(unique.map((key) => key.externalLocationId))) {
    const there = unique.filter((key) => key.externalLocationId === location)
    for (const observation of await readLevels(session, there)) {
      read.set(pairOf(observation), observation)
    }
  }
  return keys.map(({ externalListingId, externalLocationId }) => ({
    externalListingId,
    externalLocationId,
    quantity: read.get(pairOf({ externalListingId, externalLocationId }))?.quantity ?? null,
  }))
}
