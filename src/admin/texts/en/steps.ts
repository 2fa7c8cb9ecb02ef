import type { StepWords } from "../../lib/tell-step"

/** The steps of a derivation, as `describe-explanation.ts` tells them. */
export const steps: StepWords = {
  allLocations: "All locations",
  available: ({ stocked, reserved, available }) => `${stocked} on hand − ${reserved} reserved = ${available}`,
  oddReserved: ({ stocked, reserved, available }) =>
    `${stocked} on hand = ${available} (reserved cannot be ${reserved}, counts as 0)`,
  notStocked: "not stocked here = 0",
  inAll: (available) => `${available} available`,
  enoughFor: (required, item, value, isKit) => `${isKit ? "kit" : "unit"} needs ${required} × ${item}: ${value}`,
  limitedBy: (value, item) => `${value} ${value === "1" ? "kit" : "kits"}, limited by ${item}`,
  total: (locations, value) => `All ${locations} locations: ${value}`,
  unmanaged: (value) => `Inventory is not managed: set to ${value}`,
  leftAlone: {
    unmanaged: "Inventory is not managed: the channel's number is left alone",
    "no-components": "The variant has no inventory item: the channel's number is left alone",
    "no-locations": "No location that feeds this channel stocks it: the channel's number is left alone",
  },
  rule: {
    oversold: ({ from, value }) => `oversold by ${from.replace("−", "")} = ${value}`,
    buffer: ({ figure, value }) => `− buffer ${figure} = ${value}`,
    share: ({ figure, value }) => `exclusive share of ${figure} % → ${value}`,
    ceiling: ({ figure }) => `at most ${figure}, until other channels confirm that they show less`,
    pack: ({ figure, value }) => `packs of ${figure} → ${value}`,
    minimum: ({ figure, value }) => `below the minimum of ${figure} → ${value}`,
    backorder: ({ figure }) => `may be backordered: at least ${figure}`,
    cap: ({ figure }) => `capped at ${figure}`,
    held: ({ figure, value }) => `held: what was shown before, less ${figure} sold = ${value}`,
  },
}
