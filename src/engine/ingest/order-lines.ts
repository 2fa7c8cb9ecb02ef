import { createHash } from "node:crypto"
import type { ExternalOrderLine } from "../../types/channel"
import type { OrderContext, ResolvedListing } from "./order-context"

/** The same line of the same order is the same line item for ever, without a table to look it up in. */
export const lineItemId = (orderId: string, externalLineId: string): string =>
  `ordli_hub${createHash("sha256")
    .update(JSON.stringify([orderId, externalLineId]))
    .digest("hex")
    .slice(0, 24)}`

/** Units that are still wanted. */
export const openUnits = (line: ExternalOrderLine): number => line.quantity - line.cancelledQuantity

/** What the line sells, or null for services and listings that nobody imported. */
export const listingOf = (context: OrderContext, line: ExternalOrderLine): ResolvedListing | null =>
  line.externalListingId === null ? null : (context.listings[line.externalListingId] ?? null)
