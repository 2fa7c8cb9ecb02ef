import type { LoadedAvailability } from "../../src/engine/queries/load-availability"
import type { Slot } from "./slot"
import type { World } from "./world"

/** What `load-availability.ts` reads for one row. */
export const loadAvailability = (slot: Slot, world: World): LoadedAvailability => ({
  stateId: slot.id,
  isLinked: true,
  isVariantGone: false,
  isManaged: true,
  allowBackorder: false,
  packSize: slot.listing.packSize,
  locationIds: slot.feeding,
  components: slot.listing.variant.components.map(({ itemId, required }) => ({
    inventoryItemId: itemId,
    required: String(required),
    levels: slot.feeding.map((locationId) => {
      const { stocked, reserved } = world.shop.level(itemId, locationId)
      return { locationId, stocked: String(stocked), reserved: String(reserved) }
    }),
  })),
  rule: slot.listing.rule,
})
