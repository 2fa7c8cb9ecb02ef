import type { Fulfilment, LineMoney, OrderParts, Refund } from "./order-parts"
import type {
  CancelOrder,
  CreateFulfilment,
  EditOrder,
  PlaceOrder,
  PlaceOrderLine,
  RefundOrder,
  ReturnGoods,
} from "./requests"
import { totalsOf } from "./order-totals"
import type { Listing, Shelf } from "./shelf"

export interface OrderLine extends LineMoney {
  readonly id: string
  readonly listing_id: string | null
  readonly location_id: string
  readonly sku: string | null
  readonly title: string
  readonly quantity: number
  readonly cancelled_quantity: number
  readonly unit_price: string
}

export interface Order extends OrderParts {
  readonly id: string
  readonly number: string
  /** Number of the channel-wide change that made the order what it is now. */
  readonly sequence: number
  readonly placed_at: string
  readonly currency: string
  readonly email: string | null
  readonly lines: readonly OrderLine[]
  readonly refunds: readonly Refund[]
  readonly fulfilments: readonly Fulfilment[]
}

/** What became of one line of a shopper's request. */
export interface SoldLine {
  readonly sku: string | null
  readonly listing_id: string | null
  readonly requested: number
  readonly sold: number
}

/** A refusal in words, for the shopper. */
export interface Refusal {
  readonly refused: string
  readonly status: 404 | 409 | 422
}

export const isRefusal = (answer: object): answer is Refusal => "refused" in answer

type PlacedLine = { readonly request: PlaceOrderLine; readonly listing: Listing | null }

/** The orders of the fake channel. It sells only what its shelf shows, and lowers the shelf by itself. */
export class OrderBook {
  readonly #shelf: Shelf
  readonly #orders = new Map<string, Order>()
  /** Order ids in the order of their changes; the index is the sequence minus one. */
  readonly #changes: string[] = []
  /** Parcels by the key they came with: the same key makes one parcel. */
  readonly #parcels = new Map<string, Fulfilment>()
  readonly #onChange: (order: Order, isNew: boolean) => void

  readonly #runId: string

  /** @param runId part of every order id */
  constructor(shelf: Shelf, runId: string, onChange: (order: Order, isNew: boolean) => void) {
    this.#shelf = shelf
    this.#runId = runId
    this.#onChange = onChange
  }

  get size(): number {
    return this.#orders.size
  }

  all(): Order[] {
    return [...this.#orders.values()]
  }

  /** Orders as they are now, whose last change came after `sequence`, oldest change first. */
  changedAfter(sequence: number, limit: number): Order[] {
    const orders: Order[] = []
    for (let index = sequence; index < this.#changes.length && orders.length < limit; index += 1) {
      const order = this.#orders.get(this.#changes[index] ?? "")
      if (order?.sequence === index + 1) {
        orders.push(order)
      }
    }
    return orders
  }

  #store(order: Omit<Order, "sequence">, isNew: boolean): Order {
    this.#changes.push(order.id)
    const stored = { ...order, sequence: this.#changes.length }
    this.#orders.set(order.id, stored)
    this.#onChange(stored, isNew)
    return stored
  }

  #resolve(lines: readonly PlaceOrderLine[]): PlacedLine[] | Refusal {
    const placed: PlacedLine[] = []
    for (const request of lines) {
      const listing = request.listing_id
        ? this.#shelf.find(request.listing_id)
        : this.#shelf.findBySku(request.sku ?? "")
      if (!listing && !request.service) {
        const name = request.listing_id ?? request.sku ?? "(no sku)"
        return { refused: `"${name}" is not sold here. A line that is no good needs service: true.`, status: 422 }
      }
      placed.push({ request, listing: request.service ? null : (listing ?? null) })
    }
    return placed
  }

  #sell({ request, listing }: PlacedLine): Omit<OrderLine, "id">[] {
    const common = {
      title: request.title ?? listing?.title ?? request.sku ?? "Service",
      unit_price: request.unit_price,
      ...(request.discounts ? { discounts: request.discounts } : {}),
      ...(request.taxes ? { taxes: request.taxes } : {}),
      ...(request.total === undefined ? {} : { total: request.total }),
    }
    const { quantity } = request
    const nothingCancelled = { ...common, cancelled_quantity: 0 }
    if (!listing) {
      return [{ ...nothingCancelled, listing_id: null, location_id: "*", sku: request.sku ?? null, quantity }]
    }
    return this.#shelf
      .take(listing.id, quantity)
      .map((taken) => ({ ...nothingCancelled, listing_id: listing.id, sku: listing.sku, ...taken }))
  }

  /** Sells what is shown. An order of which no goods are left is refused, even if postage would remain. */
  place(request: PlaceOrder, now: Date): { order: Order; sold: SoldLine[] } | Refusal {
    const placed = this.#resolve(request.lines)
    if (isRefusal(placed)) {
      return placed
    }
    const parts = placed.map((line) => ({ line, sold: this.#sell(line) }))
    const wantsGoods = placed.some((line) => line.listing !== null)
    if (wantsGoods && !parts.some(({ line, sold }) => line.listing !== null && sold.length > 0)) {
      return { refused: "Nothing of this order is in stock.", status: 409 }
    }
    const id = `order-${this.#runId}-${this.#orders.size + 1}`
    const {
      lines: _lines,
      number: _number,
      email: _email,
      currency: _currency,
      placed_at: _placedAt,
      ...told
    } = request
    const lines = parts.flatMap(({ sold }) => sold).map((line, index) => ({ ...line, id: `${id}-line-${index + 1}` }))
    const totals = totalsOf({ lines, parts: told })
    const order = this.#store(
      {
        ...told,
        ...(totals ? { totals } : {}),
        id,
        refunds: [],
        fulfilments: [],
        number: request.number ?? `S-${1_000 + this.#orders.size + 1}`,
        placed_at: request.placed_at ?? now.toISOString(),
        currency: request.currency.toLowerCase(),
        email: request.email,
        lines,
      },
      true
    )
    const sold = parts.map(({ line, sold: taken }) => ({
      sku: line.listing?.sku ?? line.request.sku ?? null,
      listing_id: line.listing?.id ?? null,
      requested: line.request.quantity,
      sold: taken.reduce((sum, { quantity }) => sum + quantity, 0),
    }))
    return { order, sold }
  }

  /**
   * Takes goods back of an order that was placed before this channel was watched: it appears for the first time with every
   * unit cancelled. The shelf stays as it is; whether the goods can be sold again is for the merchant to say.
   */
  giveBack(request: ReturnGoods, now: Date): Order | Refusal {
    const placed = this.#resolve(request.lines.map((line) => ({ ...line, service: false })))
    if (isRefusal(placed)) {
      return placed
    }
    const id = `order-${this.#runId}-${this.#orders.size + 1}`
    return this.#store(
      {
        id,
        refunds: [],
        fulfilments: [],
        number: request.number,
        placed_at: now.toISOString(),
        currency: request.currency.toLowerCase(),
        email: null,
        lines: placed.map(({ request: line, listing }, index) => ({
          id: `${id}-line-${index + 1}`,
          listing_id: listing?.id ?? null,
          location_id: this.#shelf.locations[0]?.id ?? "*",
          sku: listing?.sku ?? null,
          title: line.title ?? listing?.title ?? "Returned goods",
          quantity: line.quantity,
          cancelled_quantity: line.quantity,
          unit_price: line.unit_price,
        })),
      },
      true
    )
  }

  /** Cancels units of some lines, or all that is open. Nothing goes back on the shelf unless `restock`. */
  cancel(orderId: string, request: CancelOrder, restock: boolean): Order | Refusal {
    const order = this.#orders.get(orderId)
    if (!order) {
      return { refused: `There is no order ${orderId}.`, status: 404 }
    }
    const open = new Map(order.lines.map((line) => [line.id, line.quantity - line.cancelled_quantity]))
    const units = new Map<string, number>()
    for (const { line_id, quantity } of request.lines ??
      [...open].map(([line_id, quantity]) => ({ line_id, quantity }))) {
      units.set(line_id, (units.get(line_id) ?? 0) + quantity)
    }
    for (const [lineId, quantity] of units) {
      if (quantity > (open.get(lineId) ?? 0)) {
        return { refused: `Line ${lineId} of ${orderId} has no ${quantity} open units.`, status: 422 }
      }
    }
    if (![...units.values()].some((quantity) => quantity > 0)) {
      return order
    }
    return this.#cancelUnits(order, units, restock)
  }

  #cancelUnits(order: Order, units: ReadonlyMap<string, number>, restock: boolean): Order {
    const lines = order.lines.map((line) => {
      const quantity = units.get(line.id) ?? 0
      if (restock && line.listing_id !== null && quantity > 0) {
        const slot = { listing_id: line.listing_id, location_id: line.location_id }
        this.#shelf.show(slot, (this.#shelf.shown(slot) ?? 0) + quantity)
      }
      return { ...line, cancelled_quantity: line.cancelled_quantity + quantity }
    })
    return this.#store({ ...order, lines }, false)
  }

  /** Other quantities and more lines. Of what is added, only what is shown is sold. */
  edit(orderId: string, request: EditOrder): Order | Refusal {
    const order = this.#orders.get(orderId)
    if (!order) {
      return { refused: `There is no order ${orderId}.`, status: 404 }
    }
    const placed = this.#resolve(request.add)
    if (isRefusal(placed)) {
      return placed
    }
    const wanted = new Map(request.lines.map(({ line_id, quantity }) => [line_id, quantity]))
    const added = placed
      .flatMap((line) => this.#sell(line))
      .map((line, index) => ({ ...line, id: `${orderId}-line-${order.lines.length + index + 1}` }))
    const changed = order.lines.map((line) => ({ ...line, quantity: wanted.get(line.id) ?? line.quantity }))
    const { totals: _before, ...parts } = order
    const lines = [...changed, ...added]
    const totals = request.totals ?? totalsOf({ lines, parts })
    return this.#store({ ...parts, ...(totals ? { totals } : {}), lines }, false)
  }

  /** Gives money and units back; units that are counted as sellable again go back on the shelf. */
  refund(orderId: string, request: RefundOrder, now: Date): Order | Refusal {
    const order = this.#orders.get(orderId)
    if (!order) {
      return { refused: `There is no order ${orderId}.`, status: 404 }
    }
    const { totals, ...told } = request
    const refund = { ...told, id: `${orderId}-refund-${order.refunds.length + 1}`, created_at: now.toISOString() }
    let lines = order.lines
    for (const part of request.lines) {
      const line = lines.find(({ id }) => id === part.line_id)
      if (!line || part.quantity > line.quantity - line.cancelled_quantity) {
        return { refused: `Line ${part.line_id} of ${orderId} has no ${part.quantity} open units.`, status: 422 }
      }
      if (part.restock && line.listing_id !== null) {
        const slot = { listing_id: line.listing_id, location_id: part.location_id ?? line.location_id }
        this.#shelf.show(slot, (this.#shelf.shown(slot) ?? 0) + part.quantity)
      }
      const cancelled = { ...line, cancelled_quantity: line.cancelled_quantity + part.quantity }
      lines = lines.map((one) => (one.id === line.id ? cancelled : one))
    }
    const newTotals = totals ? { totals } : {}
    return this.#store({ ...order, ...newTotals, lines, refunds: [...order.refunds, refund] }, false)
  }

  /** Notes a parcel. One key makes one parcel, however often it comes. */
  fulfil(request: CreateFulfilment, now: Date): Fulfilment | Refusal {
    const order = this.#orders.get(request.order_id)
    if (!order) {
      return { refused: `There is no order ${request.order_id}.`, status: 404 }
    }
    const known = this.#parcels.get(request.idempotency_key)
    if (known) {
      return known
    }
    const sent = (lineId: string): number =>
      order.fulfilments
        .flatMap(({ lines }) => lines)
        .filter(({ line_id }) => line_id === lineId)
        .reduce((sum, { quantity }) => sum + quantity, 0)
    for (const { line_id, quantity } of request.lines) {
      const line = order.lines.find(({ id }) => id === line_id)
      if (!line || quantity > line.quantity - sent(line_id)) {
        return { refused: `Line ${line_id} of ${order.id} has no ${quantity} units left to send.`, status: 422 }
      }
    }
    const { idempotency_key, order_id: _orderId, notify_buyer: _notify, ...parcel } = request
    const fulfilment = {
      ...parcel,
      id: `${order.id}-parcel-${order.fulfilments.length + 1}`,
      created_at: now.toISOString(),
    }
    this.#parcels.set(idempotency_key, fulfilment)
    this.#store({ ...order, fulfilments: [...order.fulfilments, fulfilment] }, false)
    return fulfilment
  }
}
