import { availableTo, exposedOf, isExclusive, unitsOf } from "../world/exclusive"
import type { Invariant } from "./invariant"

export const SAFETY_INVARIANTS: readonly Invariant[] = [
  {
    id: "exposure-within-stock",
    words:
      "An exclusive listing is never given more than what is available minus what the others may still be showing, item by item.",
    at: "expose",
    check: ({ slot, before, world }) => {
      const exposed = slot.row.exposed ?? 0
      if (exposed <= before) {
        return null
      }
      for (const { itemId } of slot.listing.variant.components) {
        const own = unitsOf(slot, itemId) * exposed
        const others = exposedOf(world, slot, itemId)
        const available = availableTo(world, slot, itemId)
        if (own + others > available) {
          return `${slot.id} is given ${exposed}: with it ${own + others} of ${available} ${itemId} are exposed`
        }
      }
      return null
    },
  },
  {
    id: "exposure-covers-live",
    words:
      "What counts as exposed is never less than what an exclusive listing shows or may be about to show, unless somebody " +
      "changed it on the channel and we have not heard of it.",
    at: "slot",
    check: ({ slot }) => {
      if (!isExclusive(slot) || slot.unseen > 0 || slot.foreignAt !== null) {
        return null
      }
      const exposed = slot.row.exposed ?? 0
      const live = [...slot.open].reduce((most, { quantity }) => Math.max(most, quantity), slot.shown)
      return live > exposed ? `${slot.id} may show ${live}, ${exposed} counts as exposed` : null
    },
  },
  {
    id: "sales-never-held",
    words: "A decrease that only sales have caused passes every guard, also in the middle of a mass change.",
    at: "guard",
    check: ({ slot, guarded: { row, wanted, passed } }) => {
      const base = row.acked ?? row.desired
      const isSaleOnly = slot.editedVersion <= slot.answeredVersion
      if (wanted.kind !== "write" || base === null || wanted.quantity >= base || !isSaleOnly || slot.isMissed) {
        return null
      }
      const isPassed = passed.kind === "write" && passed.quantity === wanted.quantity
      return isPassed ? null : `${slot.id} should fall from ${base} to ${wanted.quantity} by sales, but is held`
    },
  },
  {
    id: "guards-only-lower",
    words: "What a guard lets through instead is never more than what was asked for or shown before.",
    at: "guard",
    check: ({ slot, guarded: { row, wanted, passed } }) => {
      if (wanted.kind !== "write" || passed.kind !== "write" || passed.quantity === wanted.quantity) {
        return null
      }
      const base = row.acked ?? row.desired ?? 0
      return passed.quantity > base ? `${slot.id} shows ${base}, a guard makes it ${passed.quantity}` : null
    },
  },
  {
    id: "bisection-is-short",
    words: "One bad item in a batch of n costs at most 2·log₂ n calls more, and all others arrive.",
    at: "push",
    check: ({ push: { size, calls, outcomes } }) => {
      const failed = outcomes.filter((outcome) => outcome?.status === "failed").length
      const isOneBad = failed === 1 && outcomes.every((outcome) => outcome?.status === "failed" || outcome?.status === "accepted")
      const most = 1 + 2 * Math.ceil(Math.log2(Math.max(2, size)))
      return isOneBad && calls > most ? `${calls} calls for one bad item of ${size}` : null
    },
  },
]
