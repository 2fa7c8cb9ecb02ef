import type { Level } from "./shop"
import type { Slot } from "./slot"

/**
 * What a slot should show, worked out in whole numbers and apart from `src/lib/quantity`: kits location by location, a
 * deficit anywhere counted against the rest, then buffer, share, pack and cap. An exclusive listing may be given less than this.
 */
export function truthOf(
  slot: Slot,
  levelAt: (itemId: string, locationId: string) => Level,
  ceiling: number | null = null
): number {
  let units = 0
  for (const locationId of slot.feeding) {
    let here = Infinity
    for (const { itemId, required } of slot.listing.variant.components) {
      const level = levelAt(itemId, locationId)
      here = Math.min(here, Math.floor((level.stocked - Math.max(0, level.reserved)) / required))
    }
    units += here
  }
  const { buffer, cap, sharePercent } = slot.listing.rule
  const left = Math.max(0, Math.max(0, units) - buffer)
  const share = Math.floor((left * (sharePercent ?? 100)) / 100)
  const packs = Math.floor(Math.min(share, ceiling ?? share) / slot.listing.packSize)
  return cap === null ? packs : Math.min(packs, cap)
}
