import type { ExternalOrder } from "../../types/channel"

/** What one line sells, as far as we know. */
export interface ResolvedListing {
  readonly listingId: string
  readonly variantId: string | null
  readonly variantTitle: string | null
  readonly variantSku: string | null
  readonly productId: string | null
  readonly productTitle: string | null
  readonly isManaged: boolean
  readonly packSize: number
  readonly components: readonly { readonly inventoryItemId: string; readonly required: string }[]
}

export interface ItemLevel {
  readonly inventoryItemId: string
  readonly locationId: string
  /** Decimal text; below 0 when more is reserved than there. */
  readonly available: string
}

export interface ExistingReservation {
  readonly id: string
  readonly lineItemId: string
  readonly inventoryItemId: string
  readonly locationId: string
  readonly quantity: string
}

/** Stock that a refund without restock took out of sale: a reservation that belongs to no line any more. */
export interface KeptReservation {
  readonly refundId: string
  readonly lineItemId: string
  readonly inventoryItemId: string
}

/** Everything that the plan depends on. Plain data: it crosses a workflow step. */
export interface OrderContext {
  readonly companyId: string
  readonly connectionId: string
  readonly connectionName: string
  readonly salesChannelId: string | null
  readonly inboxEventId: string
  readonly order: ExternalOrder
  /** Our order id, chosen before the order exists. */
  readonly orderId: string
  /** Version of the channel's order that we have taken over completely; 0 before the first. */
  readonly knownVersion: number
  readonly orderExists: boolean
  /** Units of every line item that the order in Medusa has already. */
  readonly existingQuantities: Readonly<Record<string, number>>
  readonly isCanceledInMedusa: boolean
  /** Something of it has been packed already; Medusa then refuses to cancel it. */
  readonly hasFulfillment: boolean
  readonly listings: Readonly<Record<string, ResolvedListing>>
  /** Levels at the locations that feed this connection. */
  readonly levels: readonly ItemLevel[]
  /** Locations that feed each external location. */
  readonly locationsByExternal: Readonly<Record<string, readonly string[]>>
  readonly reservations: readonly ExistingReservation[]
  /** Pieces of every line item that have been packed. */
  readonly fulfilledQuantities?: Readonly<Record<string, number>>
  /** Placed before the connection was there: its goods have left the stock long ago. */
  readonly isHistoric?: boolean
  readonly keptAside?: readonly KeptReservation[]
  /** Refunds that earlier versions had already. */
  readonly knownRefundIds?: readonly string[]
  /** {@link OrderPlan.digest} of the version that was carried out last; null before the first. */
  readonly appliedDigest?: string | null
  /** The differences that a person let pass; null when nobody did. */
  readonly releasedDigest?: string | null
}
