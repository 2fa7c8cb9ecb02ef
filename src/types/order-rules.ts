/** How orders of a connection are taken over and its parcels told. What is absent has its default. */
export interface OrderRules {
  /** From what Medusa calls a carrier (a fulfilment provider, or `carrier` in a fulfilment's metadata) to the channel's name. */
  carriers?: Record<string, string> | undefined
  /** The channel writes to the buyer when it hears of a parcel. True unless given. */
  notify_buyer?: boolean | undefined
}
