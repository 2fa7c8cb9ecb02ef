import type { Level } from "./shop"
import type { Slot } from "./slot"

/**
 * What a slot should show, worked out in whole numbers and apart from `src/lib/quantity`: kits location by location, a
 * deficit anywhere counted against the rest, then buffer, pack and cap.
 */
export function truthOf(slot: Slot, levelAt: (itemId: string, locationId: string) => Level): number {
  let units = 0
  for (const locationId of slot.feeding) {
    let here = Infinity
    for (const { itemId, required } of slot.listing.variant.components) {
      const level = levelAt(itemId, locationId)
      here = Math.min(here, Math.floor((level.stocked - Math.max(0, level.reserved)) / required))
    }
    units += here
  }
  const { buffer, cap } = slot.listing.rule
  const packs = Math.floor(Math.max(0, Math.max(0, units) - buffer) / slot.listing.packSize)
  return cap === null ? packs : Math.min(packs, cap)
}
