import { seededRandom } from "../random"
import type { TransactionLine } from "./read-transactions"

/** What the shop has to sell before the replay begins. */
export interface ReplayItem {
  readonly sku: string
  readonly title: string
  /** Decimal text. */
  readonly price: string
  /** Units on hand before the first order. */
  readonly opening: number
}

export interface ReplayOrderLine {
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly unitPrice: string
  /** Postage, fees, manual entries: nothing that stock is kept of. */
  readonly isService: boolean
}

/** One thing that happens, in the order of the log. */
export type ReplayEvent =
  /** A buyer orders on a channel. */
  | {
      readonly kind: "order"
      readonly channel: number
      readonly number: string
      readonly lines: readonly ReplayOrderLine[]
    }
  /** Units of an order that was placed before on a channel are cancelled. */
  | {
      readonly kind: "cancel"
      readonly channel: number
      readonly number: string
      readonly cancels: string
      readonly lines: readonly ReplayOrderLine[]
    }
  /** Goods come back of an order from before the log began. */
  | {
      readonly kind: "return"
      readonly channel: number
      readonly number: string
      readonly lines: readonly ReplayOrderLine[]
    }
  /** The warehouse corrects its count: broken, lost, found. */
  | {
      readonly kind: "adjust"
      readonly number: string
      readonly lines: readonly { readonly sku: string; readonly delta: number }[]
    }

export interface Replay {
  readonly items: readonly ReplayItem[]
  readonly events: readonly ReplayEvent[]
  readonly lineCount: number
}

/** Opening stock is this share of what each SKU will sell, so that there really is too little. */
const OPENING_SHARE = 0.6

/** Codes that begin with five digits are goods; `POST`, `DOT`, `M`, `BANK CHARGES` and the like are services. */
export const isServiceCode = (sku: string): boolean => !/^\d{5}/.test(sku)

function groupByInvoice(lines: readonly TransactionLine[]): Map<string, TransactionLine[]> {
  const invoices = new Map<string, TransactionLine[]>()
  for (const line of lines) {
    const invoice = invoices.get(line.invoice)
    if (invoice) {
      invoice.push(line)
    } else {
      invoices.set(line.invoice, [line])
    }
  }
  return invoices
}

const toOrderLine = (line: TransactionLine): ReplayOrderLine => ({
  sku: line.sku,
  title: line.description,
  quantity: Math.abs(line.quantity),
  unitPrice: line.unitPrice.replace("-", ""),
  isService: isServiceCode(line.sku),
})

/** Repeated lines of a SKU become one, as a basket would hold them; the first price counts. */
function mergeLines(lines: readonly TransactionLine[]): ReplayOrderLine[] {
  const merged = new Map<string, ReplayOrderLine>()
  for (const line of lines.map(toOrderLine)) {
    const same = merged.get(line.sku)
    merged.set(line.sku, same ? { ...same, quantity: same.quantity + line.quantity } : line)
  }
  return [...merged.values()]
}

/** Remembers what was ordered, so that a cancellation finds the order it belongs to. */
class OpenOrders {
  private readonly units = new Map<string, { number: string; channel: number; open: number }[]>()

  add(number: string, channel: number, lines: readonly ReplayOrderLine[]): void {
    for (const line of lines) {
      this.units.set(line.sku, [...(this.units.get(line.sku) ?? []), { number, channel, open: line.quantity }])
    }
  }

  /** The newest order that still has so many units of the SKU. */
  take(sku: string, quantity: number): { number: string; channel: number } | null {
    const order = (this.units.get(sku) ?? []).findLast((candidate) => candidate.open >= quantity)
    if (!order) {
      return null
    }
    order.open -= quantity
    return { number: order.number, channel: order.channel }
  }
}

function openingStock(lines: readonly TransactionLine[]): ReplayItem[] {
  const items = new Map<string, { title: string; price: string; sold: number }>()
  for (const line of lines) {
    if (isServiceCode(line.sku)) {
      continue
    }
    const item = items.get(line.sku) ?? { title: line.description, price: line.unitPrice, sold: 0 }
    items.set(line.sku, { ...item, sold: item.sold + Math.max(0, line.quantity) })
  }
  return [...items].map(([sku, item]) => ({
    sku,
    title: item.title,
    price: item.price.replace("-", ""),
    opening: Math.floor(item.sold * OPENING_SHARE),
  }))
}

/**
 * Turns a log into what happens in the demo. One invoice is one order on one channel, dealt by the seed; an invoice that
 * begins with C cancels units of the newest order that has them, or returns goods of an order that nobody knows; other
 * negative lines are corrections by the warehouse. SKUs compare exactly, also in case. Pure.
 */
export function planReplay(
  lines: readonly TransactionLine[],
  settings: { readonly channels: number; readonly seed: number }
): Replay {
  const random = seededRandom(settings.seed)
  const openOrders = new OpenOrders()
  const events: ReplayEvent[] = []
  for (const [number, invoice] of groupByInvoice(lines)) {
    const channel = Math.floor(random() * settings.channels)
    const positive = invoice.filter((line) => line.quantity > 0)
    const negative = invoice.filter((line) => line.quantity < 0)
    if (positive.length > 0) {
      const orderLines = mergeLines(positive)
      openOrders.add(number, channel, orderLines)
      events.push({ kind: "order", channel, number, lines: orderLines })
    }
    if (number.startsWith("C")) {
      events.push(...planCancellation(openOrders, channel, number, mergeLines(negative)))
    } else if (negative.length > 0) {
      const goods = negative.filter((line) => !isServiceCode(line.sku))
      if (goods.length > 0) {
        events.push({ kind: "adjust", number, lines: goods.map((line) => ({ sku: line.sku, delta: line.quantity })) })
      }
    }
  }
  return { items: openingStock(lines), events, lineCount: lines.length }
}

function planCancellation(
  openOrders: OpenOrders,
  channel: number,
  number: string,
  lines: readonly ReplayOrderLine[]
): ReplayEvent[] {
  const byOrder = new Map<string, { channel: number; lines: ReplayOrderLine[] }>()
  const unmatched: ReplayOrderLine[] = []
  for (const line of lines.filter((candidate) => !candidate.isService)) {
    const order = openOrders.take(line.sku, line.quantity)
    if (order) {
      const group = byOrder.get(order.number) ?? { channel: order.channel, lines: [] }
      group.lines.push(line)
      byOrder.set(order.number, group)
    } else {
      unmatched.push(line)
    }
  }
  const events: ReplayEvent[] = [...byOrder].map(([cancels, group]) => ({ kind: "cancel", number, cancels, ...group }))
  if (unmatched.length > 0) {
    events.push({ kind: "return", channel, number, lines: unmatched })
  }
  return events
}
