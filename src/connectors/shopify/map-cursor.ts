import { z } from "@medusajs/framework/zod"
import type { VendorChangedOrder } from "./schema"

/** Shopify's index of changes lags behind its orders by seconds, so the last minute is always looked through again. */
const OVERLAP_MS = 60_000
/** Where the first reading begins. What is older is history, which is imported apart. */
const FIRST_LOOK_MS = 24 * 60 * 60_000
/** What is remembered of the last minute. Who sells more in a minute has some orders read twice, which changes nothing. */
const MOST_SEEN = 2_000

const schema = z.object({
  /** The latest change that was read, in milliseconds since 1970. */
  until: z.number(),
  /** What was read within the overlap: id, time of the change, and what the order looked like. */
  seen: z.array(z.tuple([z.string(), z.number(), z.string()])),
})

/** How far changes of orders were read. */
export type OrdersCursor = z.infer<typeof schema>

/** Null for the beginning, and for a cursor that nobody can read: then much is read again, and nothing is taken over twice. */
export function parseOrdersCursor(text: string | null): OrdersCursor | null {
  if (text === null) {
    return null
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export const writeOrdersCursor = (cursor: OrdersCursor): string => JSON.stringify(cursor)

/** A moment as Shopify's search wants it. */
const moment = (ms: number): string => `'${new Date(ms).toISOString().slice(0, 19)}Z'`

/** What Shopify is asked for: all that changed since shortly before the cursor. */
export const changedSince = (cursor: OrdersCursor | null, now: number): string =>
  `updated_at:>=${moment(cursor ? cursor.until - OVERLAP_MS : now - FIRST_LOOK_MS)}`

export const placedBefore = (before: string): string => `created_at:<${moment(Date.parse(before))}`

/** Two changes within a second have the same time, but seldom leave all of this the same. */
const lookOf = (order: VendorChangedOrder): string =>
  [
    order.subtotalLineItemsQuantity,
    order.currentSubtotalLineItemsQuantity,
    order.displayFinancialStatus,
    order.displayFulfillmentStatus,
    order.edited,
    order.cancelledAt !== null,
  ].join(" ")

/** Says of orders whether they have to be read, or were read just as they are. */
export function newOnes(
  cursor: OrdersCursor | null,
  listed: readonly VendorChangedOrder[]
): readonly VendorChangedOrder[] {
  const seen = new Map(cursor?.seen.map(([id, at, look]) => [id, `${at} ${look}`]))
  return listed.filter((order) => seen.get(order.id) !== `${Date.parse(order.updatedAt)} ${lookOf(order)}`)
}

/** The cursor after these were read. */
export function advance(cursor: OrdersCursor | null, read: readonly VendorChangedOrder[]): OrdersCursor {
  const times = read.map(({ updatedAt }) => Date.parse(updatedAt))
  const until = Math.max(cursor?.until ?? 0, ...times)
  const seen = new Map(cursor?.seen.map((entry) => [entry[0], entry]))
  for (const order of read) {
    seen.delete(order.id)
    seen.set(order.id, [order.id, Date.parse(order.updatedAt), lookOf(order)])
  }
  const recent = [...seen.values()].filter(([, at]) => at >= until - OVERLAP_MS - 1_000)
  return { until, seen: recent.slice(-MOST_SEEN) }
}
