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
    words:
      "A decrease that only sales have caused passes every guard, also in the middle of a mass change, as soon as those " +
      "sales are marked.",
    at: "guard",
    check: ({ slot, guarded: { row, wanted, passed } }) => {
      // What somebody else put there is no number of ours from which sales could take anything.
      const { acked, desired } = row
      const base = acked === null || desired === null ? (acked ?? desired) : Math.min(acked, desired)
      const isAllMarked = slot.captured === 0 && slot.row.staleVersion === row.claimedVersion && !slot.isMissed
      // An exclusive listing may also have to fall because another one got its share first.
      const isSaleOnly = slot.editedVersion <= slot.answeredVersion && isAllMarked && !isExclusive(slot)
      if (wanted.kind !== "write" || base === null || wanted.quantity >= base || !isSaleOnly) {
        return null
      }
      const isPassed = passed.kind === "write" && passed.quantity === wanted.quantity
      return isPassed ? null : `${slot.id} should fall from ${base} to ${wanted.quantity} by sales, but is held`
    },
  },
  {
    id: "mass-change-stopped",
    words: "While a guard has stopped a connection, no number on its channel is raised over what it shows.",
    at: "guard",
    check: ({ slot, guarded: { row, passed, isHolding } }) => {
      const base = row.writeCount === 0 ? null : (row.acked ?? row.desired)
      return isHolding && base !== null && passed.kind === "write" && passed.quantity > base
        ? `${slot.id} is raised from ${base} to ${passed.quantity} although the connection is stopped`
        : null
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
    check: ({ push: { size, calls, outcomes, isSteady } }) => {
      const failed = outcomes.filter((outcome) => outcome?.status === "failed").length
      const isOneBad =
        failed === 1 && outcomes.every((outcome) => outcome?.status === "failed" || outcome?.status === "accepted")
      const most = 1 + 2 * Math.ceil(Math.log2(Math.max(2, size)))
      return isSteady && isOneBad && calls > most ? `${calls} calls for one bad item of ${size}` : null
    },
  },
]
