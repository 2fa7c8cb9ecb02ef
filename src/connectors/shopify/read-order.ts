import type { z } from "@medusajs/framework/zod"
import type { ExternalOrder } from "../../types/channel-order"
import type { Operation } from "./documents"
import { affordable, call, readAll, type Session } from "./graphql"
import { toOrder } from "./map-order"
import { LINES_AT_ONCE, MOST_PARCELS, MOST_REFUNDS, orderOperations } from "./order-documents"
import { shopAddress } from "./options"
import {
  moreLinesSchema,
  moreRefundLinesSchema,
  moreShippedLinesSchema,
  moreWaitingLinesSchema,
  orderSchema,
  parcelsSchema,
  refundsSchema,
  type VendorFulfilment,
  type VendorOrder,
  type VendorPage,
  type VendorRefund,
} from "./schema"

const NOTHING = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }

interface Rest<T, Answer> {
  readonly operation: Operation
  readonly schema: z.ZodType<Answer>
  /** Of the order, or of the part of it. */
  readonly id: string
  readonly first: VendorPage<T>
  readonly pageIn: (answer: Answer) => VendorPage<T> | undefined
}

/** A page that is complete: as it is, or with everything behind it. */
async function complete<T, Answer>(session: Session, rest: Rest<T, Answer>): Promise<VendorPage<T>> {
  const { operation, schema, id, first, pageIn } = rest
  if (!first.pageInfo.hasNextPage) {
    return first
  }
  const nodes = await readAll(async (after) => {
    const answer = await affordable(session, { operation, first: 50 }, (size) =>
      call(session, { operation, what: "Reading the rest of an order", schema, variables: { id, first: size, after } })
    )
    return pageIn(answer) ?? NOTHING
  }, first)
  return { ...NOTHING, nodes }
}

/** All refunds of an order that has many. */
async function allRefunds(session: Session, { id, refunds }: VendorOrder): Promise<readonly VendorRefund[]> {
  if (refunds.length < MOST_REFUNDS) {
    return refunds
  }
  const { refunds: operation } = orderOperations(session.options.buyer_currency)
  const what = "Reading the refunds of an order"
  const { order } = await call(session, { operation, what, schema: refundsSchema, variables: { id, parts: 1 } })
  return order?.refunds ?? refunds
}

/** All parcels of an order that has many. */
async function allParcels(session: Session, { id, fulfillments }: VendorOrder): Promise<readonly VendorFulfilment[]> {
  if (fulfillments.length < MOST_PARCELS) {
    return fulfillments
  }
  const { parcels: operation } = orderOperations(session.options.buyer_currency)
  const what = "Reading the parcels of an order"
  const { order } = await call(session, { operation, what, schema: parcelsSchema, variables: { id, parts: 1 } })
  return order?.fulfillments ?? fulfillments
}

/** Everything that did not fit on the first pages of an order. */
async function completeOrder(session: Session, order: VendorOrder): Promise<VendorOrder> {
  const operations = orderOperations(session.options.buyer_currency)
  const lineItems = await complete(session, {
    operation: operations.lines,
    schema: moreLinesSchema,
    id: order.id,
    first: order.lineItems,
    pageIn: (answer) => answer.order?.page,
  })
  const refunds = []
  for (const refund of await allRefunds(session, order)) {
    const refundLineItems = await complete(session, {
      operation: operations.refundLines,
      schema: moreRefundLinesSchema,
      id: refund.id,
      first: refund.refundLineItems,
      pageIn: (answer) => answer.node?.page,
    })
    refunds.push({ ...refund, refundLineItems })
  }
  const fulfillments = []
  for (const fulfilment of await allParcels(session, order)) {
    const fulfillmentLineItems = await complete(session, {
      operation: operations.shippedLines,
      schema: moreShippedLinesSchema,
      id: fulfilment.id,
      first: fulfilment.fulfillmentLineItems,
      pageIn: (answer) => answer.node?.page,
    })
    fulfillments.push({ ...fulfilment, fulfillmentLineItems })
  }
  const waiting = []
  for (const fulfilmentOrder of order.fulfillmentOrders.nodes) {
    const lines = await complete(session, {
      operation: operations.waitingLines,
      schema: moreWaitingLinesSchema,
      id: fulfilmentOrder.id,
      first: fulfilmentOrder.lineItems,
      pageIn: (answer) => answer.node?.page,
    })
    waiting.push({ ...fulfilmentOrder, lineItems: lines })
  }
  return { ...order, lineItems, refunds, fulfillments, fulfillmentOrders: { nodes: waiting } }
}

/** An order with all of its lines, as Shopify tells it. Null when there is none. */
export async function readVendorOrder(session: Session, id: string): Promise<VendorOrder | null> {
  const { order: operation } = orderOperations(session.options.buyer_currency)
  const { order } = await affordable(session, { operation, first: LINES_AT_ONCE }, (lines) =>
    call(session, {
      operation,
      what: "Reading an order",
      schema: orderSchema,
      variables: { id, lines, parts: Math.max(1, Math.floor(lines / 5)) },
    })
  )
  return order && completeOrder(session, order)
}

/** The orders with these ids as they are now. What does not exist any more is left out. */
export async function readOrders(session: Session, ids: readonly string[]): Promise<ExternalOrder[]> {
  const { options } = session
  const shop = { url: shopAddress(options.shop) ?? "", buyersCurrency: options.buyer_currency }
  const orders: ExternalOrder[] = []
  for (const id of ids) {
    const order = await readVendorOrder(session, id)
    if (order) {
      orders.push(toOrder(order, shop))
    }
  }
  return orders
}
