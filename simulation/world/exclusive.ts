import { addAmounts, amountOf, multiplyAmount, subtractAmounts } from "../../src/lib/quantity"
import type { Slot } from "./slot"
import type { World } from "./world"

export const isExclusive = ({ listing }: Slot): boolean => listing.rule.sharePercent !== null

/** Units of an item in one channel unit of a listing. */
export const unitsOf = ({ listing }: Slot, itemId: string): number =>
  listing.packSize * (listing.variant.components.find((component) => component.itemId === itemId)?.required ?? 0)

const drawsOnSame = (a: Slot, b: Slot): boolean => a.feeding.some((locationId) => b.feeding.includes(locationId))

/** Other exclusive listings that draw on the same stock of an item. */
export const peersOf = (world: World, slot: Slot, itemId: string): Slot[] =>
  world.exclusiveSlots.filter((other) => other !== slot && unitsOf(other, itemId) > 0 && drawsOnSame(slot, other))

/** What `share-exclusive.ts` reads under its lock, in the words of the reducer. */
export function ceilingOf(world: World, slot: Slot): number | null {
  if (!isExclusive(slot)) {
    return null
  }
  return world.reducers.exclusiveCeiling(
    slot.listing.variant.components.map(({ itemId, required }) => ({
      required: amountOf(required),
      available: slot.feeding.reduce((sum, locationId) => {
        const { stocked, reserved } = world.shop.level(itemId, locationId)
        return addAmounts(sum, subtractAmounts(amountOf(stocked), amountOf(Math.max(0, reserved))))
      }, amountOf(0)),
      exposedElsewhere: peersOf(world, slot, itemId).reduce(
        (sum, peer) => addAmounts(sum, multiplyAmount(amountOf(unitsOf(peer, itemId)), peer.row.exposed ?? 0)),
        amountOf(0)
      ),
    }))
  )
}

/** Units that became free may be given to others (`markExclusivePeers`). */
export function markPeers(world: World, slot: Slot): void {
  const items = slot.listing.variant.components.map(({ itemId }) => itemId)
  for (const peer of world.exclusiveSlots) {
    if (peer !== slot && items.some((itemId) => unitsOf(peer, itemId) > 0)) {
      const change = { causedAt: world.now, urgency: 0, cause: "other" as const }
      world.mark(peer, world.reducers.markStale(peer.row, change), world.now)
    }
  }
}

/** Units of an item that exclusive listings may be showing together, as far as a slot's stock is concerned. */
export const exposedOf = (world: World, slot: Slot, itemId: string): number =>
  peersOf(world, slot, itemId).reduce((sum, peer) => sum + unitsOf(peer, itemId) * (peer.row.exposed ?? 0), 0)

export const availableTo = (world: World, slot: Slot, itemId: string): number =>
  slot.feeding.reduce((sum, locationId) => {
    const { stocked, reserved } = world.shop.level(itemId, locationId)
    return sum + stocked - Math.max(0, reserved)
  }, 0)

/** The oracle's ceiling: variant units that the others leave, in whole numbers and apart from `exposure.ts`. */
export const roomFor = (world: World, slot: Slot): number =>
  Math.max(
    0,
    Math.min(
      ...slot.listing.variant.components.map(({ itemId, required }) =>
        Math.floor((availableTo(world, slot, itemId) - exposedOf(world, slot, itemId)) / required)
      )
    )
  )
