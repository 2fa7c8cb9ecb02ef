import type { ExternalOrderLine } from "../../types/channel"
import type { OrderContext } from "./order-context"
import { fulfilledPieces, lineItemId, listingOf, openUnits, packSizeOf } from "./order-lines"
import type { PlannedKept } from "./plan-kept-aside"

export interface PlannedIssue {
  readonly code: string
  readonly severity: "info" | "warning" | "critical"
  readonly message: string
  readonly dedupeKey: string
  readonly listingId: string | null
}

interface Decided {
  readonly createsOrder: boolean
  readonly unreserved: readonly ExternalOrderLine[]
  readonly keepAside: readonly PlannedKept[]
}

const nameOf = (line: ExternalOrderLine): string => `"${line.sku ?? line.title}"`

/** The buyer added a line or units on the channel to an order that was cancelled in Medusa. */
const wantsMoreOfCancelled = (context: OrderContext, line: ExternalOrderLine): boolean =>
  context.isCanceledInMedusa &&
  openUnits(line) * packSizeOf(context, line) >
    (context.existingQuantities[lineItemId(context.orderId, line.externalLineId)] ?? 0)

function lineIssues(context: OrderContext, line: ExternalOrderLine, createsOrder: boolean): PlannedIssue[] {
  const { order } = context
  const listing = listingOf(context, line)
  const issue = (code: string, severity: PlannedIssue["severity"], message: string): PlannedIssue => ({
    code,
    severity,
    listingId: listing?.listingId ?? null,
    message,
    dedupeKey: `${code}:${order.externalId}:${line.externalLineId}`,
  })
  // Until the version is taken over, and not only when the order is created: a crash in between must not lose it.
  const isFirst = context.knownVersion === 0
  const isNewLine = (context.existingQuantities[lineItemId(context.orderId, line.externalLineId)] ?? 0) === 0
  const issues: PlannedIssue[] = []
  if (
    (isFirst || isNewLine) &&
    !context.isHistoric &&
    openUnits(line) > 0 &&
    line.externalListingId !== null &&
    !listing?.variantId
  ) {
    issues.push(
      issue(
        "unmapped-order-line",
        "critical",
        `Order ${order.number} of ${context.connectionName} sold ${openUnits(line)} × ${nameOf(line)}, ` +
          `which is linked to no variant: no stock was reserved. Link the listing and reserve by hand.`
      )
    )
  }
  if (!context.orderExists && !createsOrder && line.cancelledQuantity > 0 && !context.isHistoric) {
    issues.push(
      issue(
        "unknown-order-returned",
        "info",
        `${context.connectionName} took back ${line.cancelledQuantity} × ${nameOf(line)} of order ` +
          `${order.number}, which the hub never saw: stock was not changed. If the goods are back, add them to stock.`
      )
    )
  }
  if (context.orderExists && !isFirst && wantsMoreOfCancelled(context, line)) {
    issues.push(
      issue(
        "order-grew-on-channel",
        "critical",
        `Order ${order.number} of ${context.connectionName} now asks for ${openUnits(line)} × ` +
          `${nameOf(line)}, more than the order in Medusa, which was cancelled there. Reserve and send by hand.`
      )
    )
  }
  if (context.orderExists && !isFirst && fulfilledPieces(context, line) > openUnits(line) * packSizeOf(context, line)) {
    issues.push(
      issue(
        "order-line-cancelled-in-part",
        "info",
        `Order ${order.number} of ${context.connectionName}: ${line.cancelledQuantity} of ${line.quantity} × ` +
          `${nameOf(line)} were taken back on the channel after they had been sent. ` +
          `The order in Medusa still lists them: enter the return there.`
      )
    )
  }
  return issues
}

/** What a person has to know of this version. Pure. */
export function planIssues(context: OrderContext, { createsOrder, unreserved, keepAside }: Decided): PlannedIssue[] {
  const { order } = context
  return [
    ...order.lines.flatMap((line) => lineIssues(context, line, createsOrder)),
    ...unreserved.map((line): PlannedIssue => ({
      code: "sold-without-stock",
      severity: "critical",
      listingId: listingOf(context, line)?.listingId ?? null,
      message:
        `Order ${order.number} of ${context.connectionName} sold ${openUnits(line)} × ${nameOf(line)}, ` +
        `of which no location that feeds the channel keeps stock: nothing was reserved. Add a stock level and reserve by hand.`,
      dedupeKey: `sold-without-stock:${order.externalId}:${line.externalLineId}`,
    })),
    ...(keepAside.length > 0
      ? [
          {
            code: "refunded-without-restock",
            severity: "warning",
            listingId: null,
            message:
              `Order ${order.number} of ${context.connectionName} was refunded without restock. Its goods are kept out of sale ` +
              `by a reservation: delete it when they can be sold, or take them off the stock.`,
            dedupeKey: `refunded-without-restock:${order.externalId}`,
          } as const,
        ]
      : []),
  ]
}
