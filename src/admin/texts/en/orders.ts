import type { ChannelOrderFilter, ParcelState, TotalsDifference } from "../../../types"
import { plural } from "./overview"
import { formatCount } from "../../lib/format"

/** Orders of channels: the list, and what an order's own page shows of them. */
export const orders = {
  title: "Orders of channels",
  about: "What was sold on your channels and taken over into Medusa.",
  tabs: "Which orders",
  tab: { all: "All", held: "Held", flagged: "Flagged" } satisfies Record<ChannelOrderFilter, string>,
  none: {
    all: "No order of a channel has been taken over yet. The next sale on a channel appears here within seconds.",
    held: "No order is held: Medusa comes to the same totals as the channels.",
    flagged: "No order has lines that are linked to nothing or sold beyond stock.",
  } satisfies Record<ChannelOrderFilter, string>,
  column: {
    order: "Order",
    channel: "Channel",
    placed: "Placed",
    total: "Total",
    state: "State",
    inMedusa: "In Medusa",
  },
  inMedusa: (displayId: number) => `#${displayId}`,
  notInMedusa: "none",
  more: "Show more",
  widget: {
    title: "Channel",
    number: "Order number",
    open: (channel: string) => `Open on ${channel}`,
    placed: "Placed",
    paidIn: (total: string, currency: string) => `The buyer paid ${total} ${currency}`,
    reserved: (count: number) => `${plural(count, "piece", "pieces")} reserved`,
  },
  state: {
    held: "Held",
    equal: "Totals equal",
    released: "Let pass",
    different: "Totals differ",
    unchecked: "Not compared",
    cancelled: "Cancelled",
    historic: "From before the connection",
    test: "Test",
    oversold: "Oversold",
    unmapped: "Unlinked lines",
    refunded: "Refunded",
  },
  check: {
    title: "Totals",
    equal: (total: string) => `As ordered, Medusa comes to ${total}, and so does the channel.`,
    unchecked: "The channel told no totals, so nothing was compared.",
    different: "The channel and Medusa do not come to the same.",
    held: "The order is taken over and its stock is reserved. Look at the lines, then let it pass or correct it on the channel.",
    released: (by: string) => `Let pass by ${by}.`,
    what: {
      total: "Total",
      tax: "Tax",
      discount: "Discounts",
      shipping: "Postage",
      "current-total": "Total now",
    } satisfies Record<TotalsDifference["what"], string>,
    channel: "Channel",
    medusa: "Medusa",
    line: "Line",
    caption: "What the buyer pays, by the channel and by Medusa",
    differs: "differs",
  },
  release: {
    button: "Let it pass",
    ask: (number: string) => `Let order ${number} pass?`,
    text: "The order goes on with the totals that Medusa comes to. If the channel changes it and the totals differ in another way, it is held again.",
    keep: "Keep it held",
    done: "The order goes on.",
  },
  unmapped: (units: number, title: string) =>
    `${formatCount(units)} × ${title}: linked to no variant, no stock reserved.`,
  linkListing: "Link the listing",
  oversold: (sku: string, missing: number) =>
    `${sku}: ${plural(missing, "piece", "pieces")} more promised than there are.`,
  refund: (units: number, restocked: number) =>
    units === 0
      ? "money only"
      : `${plural(units, "unit", "units")}, ${restocked === units ? "back in stock" : restocked === 0 ? "kept out of sale" : `${formatCount(restocked)} back in stock`}`,
  refunds: "Refunds",
  parcels: {
    title: "Parcels",
    none: "No parcel yet. The channel hears of a parcel as soon as it is sent or has a tracking number.",
    state: { waiting: "Waiting", confirmed: "Confirmed", skipped: "Nothing to tell" } satisfies Record<
      ParcelState,
      string
    >,
    units: (count: number) => plural(count, "unit", "units"),
    noNumber: "without a number",
    again: (attempts: number) => `${plural(attempts, "attempt", "attempts")}, told again by itself`,
  },
  rules: {
    open: "Parcels and past orders",
    title: "Parcels and past orders",
    about: "What a channel hears of your parcels, and which of its orders come into Medusa.",
    parcels: "Parcels",
    carriers: "Carriers",
    carriersHint:
      "One a line: what Medusa calls it (a fulfilment provider, or carrier in a fulfilment's metadata) = what the channel calls it.",
    badLine: (line: string) => `This line is no pair: ${line}`,
    notify: "The channel writes to the buyer when a parcel is sent",
    save: "Save",
    saved: "Saved. It holds from the next parcel on.",
  },
  importPast: {
    title: "Past orders",
    button: "Import past orders",
    ask: (channel: string) => `Import the past orders of ${channel}?`,
    text: "Orders from before the connection become orders in Medusa that are over. They change no stock and nobody gets a mail. You can watch it in the list of runs.",
    keep: "Not now",
    done: "The import has begun.",
  },
}
