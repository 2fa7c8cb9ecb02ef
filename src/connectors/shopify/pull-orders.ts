import type { ExternalOrder } from "../../types/channel-order"
import type { Page } from "../define-connector"
import { ORDERS_CHANGED, ORDERS_PLACED } from "./documents"
import { affordable, call, type Session } from "./graphql"
import {
  advance,
  changedSince,
  newOnes,
  parseOrdersCursor,
  placedBefore,
  writeOrdersCursor,
  type OrdersCursor,
} from "./map-cursor"
import { readOrders } from "./read-order"
import { changedOrdersSchema, placedOrdersSchema, type VendorChangedOrder, type VendorChangedOrders } from "./schema"

/** Orders that are read one after the other for one page of ours. */
const MOST_READ = 10

const listChanged = (session: Session, query: string, after: string | null): Promise<VendorChangedOrders> =>
  affordable(session, { operation: ORDERS_CHANGED, first: 100 }, (first) =>
    call(session, {
      operation: ORDERS_CHANGED,
      what: "Looking for changed orders",
      schema: changedOrdersSchema,
      variables: { first, after, query },
    })
  )

/** The oldest changes that nobody has read, as many as one page of ours holds. */
async function findChanged(session: Session, cursor: OrdersCursor | null): Promise<readonly VendorChangedOrder[]> {
  const query = changedSince(cursor, Date.now())
  const found: VendorChangedOrder[] = []
  let after: string | null = null
  do {
    const { orders } = await listChanged(session, query, after)
    found.push(...newOnes(cursor, orders.nodes))
    after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null
  } while (found.length < MOST_READ && after !== null)
  return found.slice(0, MOST_READ)
}

/** Orders that were placed or changed since the cursor, oldest change first. */
export async function pullOrders(session: Session, text: string | null): Promise<Page<ExternalOrder>> {
  const cursor = parseOrdersCursor(text)
  const changed = await findChanged(session, cursor)
  if (changed.length === 0) {
    return { items: [], nextCursor: null }
  }
  return {
    items: await readOrders(
      session,
      changed.map(({ id }) => id)
    ),
    nextCursor: writeOrdersCursor(advance(cursor, changed)),
  }
}

/** Orders of the past, oldest first. */
export async function pullOrderHistory(
  session: Session,
  after: string | null,
  before: string
): Promise<Page<ExternalOrder>> {
  const { orders } = await affordable(session, { operation: ORDERS_PLACED, first: MOST_READ }, (first) =>
    call(session, {
      operation: ORDERS_PLACED,
      what: "Looking for orders of the past",
      schema: placedOrdersSchema,
      variables: { first, after, query: placedBefore(before) },
    })
  )
  const items = await readOrders(
    session,
    orders.nodes.map(({ id }) => id)
  )
  return { items, nextCursor: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null }
}
