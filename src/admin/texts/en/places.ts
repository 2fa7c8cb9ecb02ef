import type { WriteMode } from "../../../types"
import { formatCount } from "../../lib/format"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** What Medusa's own pages show of the hub. */
export const places = {
  mode: { shadow: "Preview", live: "Live" } satisfies Record<WriteMode, string>,
  variant: {
    title: "Where this variant sells",
    none: "This variant sells on no connected channel. Link a listing to it to have it sold.",
  },
  product: {
    title: "Channels",
    none: "No variant of this product sells on a connected channel.",
    variants: (count: number, all: number) => `${formatCount(count)} of ${plural(all, "variant", "variants")} listed`,
    shows: (quantity: string) => `shows ${quantity} in all`,
    count: (count: number, state: string, channel: string) =>
      `${formatCount(count)} ${state.toLowerCase()}: show the listings of ${channel}`,
  },
  location: {
    title: "Channels fed from here",
    none: "No channel is fed from this location.",
    allOf: "the channel as a whole",
    place: (id: string) => `location ${id} of the channel`,
    together: (count: number) => `together with ${plural(count, "other location", "other locations")}`,
  },
  salesChannel: {
    title: "Connection",
    none: "No connection brings its orders into this sales channel.",
    orders: (count: number) => `${plural(count, "order", "orders")} taken over`,
    since: "connected",
  },
}
