import type { HubFailure } from "../lib/errors"
import type { ExternalOrder } from "./channel-order"
import type { ExternalListingId, ExternalLocationId } from "./ids"

export type { ExternalOrder, ExternalOrderLine } from "./channel-order"

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
