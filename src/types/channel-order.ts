import type { HubFailure } from "../lib/errors"
import type { ExternalListingId, ExternalLocationId } from "./ids"

/*
 * An order as a channel tells it. Every amount is a decimal string in the order's currency, in major units: "12.50", "1200"
 * (JPY), "1.250" (KWD). No amount is negative. Amounts of a line and of the order are for everything that was ordered, also
 * for what has been cancelled since: what was taken back stands in `cancelledQuantity` and in `refunds`.
 *
 * What a channel does not tell is left out. Without `totals` nothing is compared.
 */

/** One tax on one line, on all of its units and after its discounts. */
export interface ExternalTax {
  readonly title: string
  /** Percent, "19" or "8.875". Null where the channel tells only the amount. */
  readonly rate: string | null
  readonly amount: string
}

/** One discount on one line, on all of its units, in the same terms as the price: with tax where prices are with tax. */
export interface ExternalDiscount {
  readonly amount: string
  /** What the buyer typed in. Null for automatic discounts. */
  readonly code: string | null
  readonly title: string | null
}

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
  /** Units that are not wanted any more, between 0 and `quantity`: cancelled, removed by an edit, or given back. */
  readonly cancelledQuantity: number
  /** Per channel unit (a pack, where the listing sells packs), before discounts. With tax where `taxInclusive` is set. */
  readonly unitPrice: string
  readonly discounts?: readonly ExternalDiscount[]
  readonly taxes?: readonly ExternalTax[]
  /** What the buyer pays for all units: after discounts, tax included. Compared, never taken over. */
  readonly total?: string
  /** False for what is not sent: vouchers, downloads, services. Unless given, lines of listings are sent. */
  readonly requiresShipping?: boolean
}

/** Postage. A shipping line is never a line of the order. */
export interface ExternalShippingLine {
  readonly externalLineId: string
  readonly title: string
  /** Before discounts. With tax where `taxInclusive` is set. */
  readonly price: string
  readonly discounts?: readonly ExternalDiscount[]
  readonly taxes?: readonly ExternalTax[]
  /** What the buyer pays for it: after discounts, tax included. Compared, never taken over. */
  readonly total?: string
  /** The carrier or service as the channel names it. */
  readonly code?: string | null
}

/** What the channel says the order comes to, as ordered. What it does not say is not compared. */
export interface ExternalOrderTotals {
  /** What the buyer pays: goods and postage after discounts, tax included. */
  readonly total: string
  /** All taxes, those on postage included. */
  readonly tax?: string
  /** All discounts on goods and postage, in the terms of the prices. */
  readonly discount?: string
  /** Postage before discounts, in the terms of the prices. */
  readonly shipping?: string
  /** What is left to pay of it now that units were cancelled and money was given back. */
  readonly currentTotal?: string
}

export interface ExternalAddress {
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly company?: string | null
  readonly address1?: string | null
  readonly address2?: string | null
  readonly city?: string | null
  /** Name or code of the state or region. */
  readonly province?: string | null
  readonly postalCode?: string | null
  /** ISO 3166-1, two letters, in any case. */
  readonly countryCode?: string | null
  readonly phone?: string | null
}

export interface ExternalCustomer {
  readonly externalId: string | null
  readonly email: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly company?: string | null
  readonly phone?: string | null
}

/** Units of one line in a refund. */
export interface ExternalRefundLine {
  readonly externalLineId: string
  /** Units, whole, at least 1. They are part of the line's `cancelledQuantity`. */
  readonly quantity: number
  /**
   * Whether the channel counts the units as sellable again. When it does not, they are kept out of sale here, too, until a
   * person says what became of them.
   */
  readonly restock: boolean
  /** The units had been sent and came back. Unless given, units that were not sent yet are taken to be meant first. */
  readonly afterShipping?: boolean
  /** Where they were put back, or null. */
  readonly externalLocationId?: ExternalLocationId | null
  /** What was given back of the line's price after discounts, in the terms of the prices. */
  readonly amount?: string
  /** The tax given back with it. */
  readonly tax?: string
}

/** Money or goods given back. Refunds are never changed by a later version, only added. */
export interface ExternalRefund {
  readonly externalId: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly lines: readonly ExternalRefundLine[]
  /** Postage given back, tax included. */
  readonly shippingAmount?: string
  /** All that was given back, tax included. */
  readonly amount?: string
  readonly note?: string | null
}

/** Where a parcel can be followed. */
export interface ParcelTracking {
  readonly number: string
  readonly url: string | null
  /** The carrier, in the words of whoever tells it. */
  readonly carrier: string | null
}

/** A parcel that the channel knows of. */
export interface ExternalFulfilment {
  readonly externalId: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly isCancelled: boolean
  readonly externalLocationId: ExternalLocationId | null
  readonly lines: readonly { readonly externalLineId: string; readonly quantity: number }[]
  readonly tracking: readonly ParcelTracking[]
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
  /** Currency of every amount of the order. */
  readonly currencyCode: string
  /** Decimals that the channel rounds to, where they are not those of ISO 4217. */
  readonly currencyDecimals?: number
  readonly email: string | null
  readonly lines: readonly ExternalOrderLine[]
  /** Page of the order on the channel, for the merchant. */
  readonly url?: string | null
  readonly phone?: string | null
  readonly customer?: ExternalCustomer | null
  readonly shippingAddress?: ExternalAddress | null
  readonly billingAddress?: ExternalAddress | null
  /** Prices and discounts contain the tax. False unless given. */
  readonly taxInclusive?: boolean
  readonly shippingLines?: readonly ExternalShippingLine[]
  /**
   * Discounts on the whole order that the channel has not shared out among its lines. The hub shares them out by price. Leave
   * out what the lines' own discounts contain already.
   */
  readonly discounts?: readonly ExternalDiscount[]
  readonly totals?: ExternalOrderTotals
  /** What the buyer saw, where they paid in another currency than the amounts of the order. Kept for people, not reckoned with. */
  readonly presentment?: { readonly currencyCode: string; readonly total: string } | null
  /** ISO 8601; set when the order was cancelled as a whole. */
  readonly cancelledAt?: string | null
  readonly cancelReason?: string | null
  readonly refunds?: readonly ExternalRefund[]
  readonly fulfilments?: readonly ExternalFulfilment[]
  /** Nobody has to send anything: kept for people to see, without stock. */
  readonly isTest?: boolean
  readonly note?: string | null
  /** Where on the channel it came from: "web", "pos". */
  readonly source?: string | null
}

/** A parcel of ours that a channel shall be told of. It leaves from one place. */
export interface FulfilmentPush {
  /** The same for every try. A channel must never get two parcels of one key. */
  readonly idempotencyKey: string
  readonly externalOrderId: string
  readonly externalLocationId: ExternalLocationId
  /** Channel units, whole, at least 1. */
  readonly lines: readonly { readonly externalLineId: string; readonly quantity: number }[]
  /** Carriers already in the words of the channel. Empty for parcels without a number. */
  readonly tracking: readonly ParcelTracking[]
  /** The channel shall write to the buyer. */
  readonly notifyBuyer: boolean
}

/**
 * What became of a push. `confirmed` also when the channel knew of the parcel already. `unknown` when no answer came: the
 * same push is made again.
 */
export type FulfilmentPushOutcome =
  | { readonly status: "confirmed"; readonly externalFulfilmentId: string | null }
  | { readonly status: "failed"; readonly failure: HubFailure }
  | { readonly status: "unknown"; readonly message: string }
