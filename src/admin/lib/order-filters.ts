import type { ChannelOrderFilter } from "../../types"

export type { ChannelOrderFilter }

/** The tabs of the list of orders, in their order. */
export const CHANNEL_ORDER_FILTERS = ["all", "held", "flagged"] as const satisfies readonly ChannelOrderFilter[]
