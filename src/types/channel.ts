import type { HubFailure } from "../lib/errors"
import type { ExternalListingId, ExternalLocationId } from "./ids"

/** A place where the channel keeps stock. */
export interface ExternalLocation {
  readonly externalId: ExternalLocationId
  readonly name: string
}

/** An entry of the channel's catalogue, as the channel tells it. */
export interface ExternalListing {
  readonly externalId: ExternalListingId
  readonly sku: string | null
  readonly barcode: string | null
  readonly title: string
}

/** One listing at one external location: the address of a quantity on a channel. */
export interface StockKey {
  readonly externalListingId: ExternalListingId
  readonly externalLocationId: ExternalLocationId
}

/** What a channel shows for one key. `quantity: null` means the channel gave no answer for it: unknown is never zero. */
export interface StockObservation extends StockKey {
  readonly quantity: number | null
}

/** An absolute quantity to show, in whole channel units (packs, not pieces). */
export interface StockWrite extends StockKey {
  readonly quantity: number
  /** With compare-and-set: the value that the channel must still show. `null` writes without comparing. */
  readonly compareWith: number | null
}

/**
 * What became of one write.
 *
 * `conflict` means that the compare failed and carries what the channel shows instead; `unknown` means that the write
 * may or may not have been applied (a timeout is not a failure).
 */
export type StockWriteOutcome =
  | { readonly status: "accepted" }
  | { readonly status: "conflict"; readonly observed: number | null }
  | { readonly status: "failed"; readonly failure: HubFailure }
  | { readonly status: "unknown"; readonly message: string }

export interface ExternalOrderLine {
  readonly externalLineId: string
  /** Absent for lines that sell nothing the channel keeps stock of: postage, fees, gift wrap. */
  readonly externalListingId: ExternalListingId | null
  /** Where the channel took the unit from, or `"*"`. */
  readonly externalLocationId: ExternalLocationId
  readonly sku: string | null
  readonly title: string
  /** Units ordered, whole, at least 1. */
  readonly quantity: number
  /** Units cancelled so far, between 0 and `quantity`. */
  readonly cancelledQuantity: number
  /** Decimal string in the order's currency, major units, per channel unit. */
  readonly unitPrice: string
}

/** An order as the channel knows it now. A later version replaces an earlier one as a whole. */
export interface ExternalOrder {
  readonly externalId: string
  /** The number that the buyer sees. */
  readonly number: string
  /** Grows with every change of the order on the channel; the only order of events that we trust. */
  readonly version: number
  /** ISO 8601. */
  readonly placedAt: string
  readonly currencyCode: string
  readonly email: string | null
  readonly lines: readonly ExternalOrderLine[]
}

/**
 * What one inbound message says. Anything that is none of these is `other` and only logged.
 *
 * `order` tells the whole order; `order-hint` only which one changed, and the hub asks for it with `readOrder`. An observation
 * whose quantity is null says that a number changed, and the hub asks what it is. `uninstalled`: the merchant took our access
 * away on the channel.
 */
export type ChannelMessage =
  | { readonly topic: "order"; readonly eventId: string; readonly occurredAt: string; readonly order: ExternalOrder }
  | {
      readonly topic: "order-hint"
      readonly eventId: string
      readonly occurredAt: string
      readonly externalOrderId: string
    }
  | { readonly topic: "uninstalled"; readonly eventId: string; readonly occurredAt: string }
  | {
      readonly topic: "stock"
      readonly eventId: string
      readonly occurredAt: string
      readonly observation: StockObservation
    }
  | { readonly topic: "other"; readonly eventId: string; readonly occurredAt: string; readonly name: string }
