import { z } from "@medusajs/framework/zod"
import { gid, type Item, type Place, type ShopState } from "./shop-state"

const tax = z.object({ title: z.string().default("Tax"), rate: z.number(), amount: z.string() })
const discount = z.object({ amount: z.string(), code: z.string().nullable().default(null) })

/** What a buyer orders. Amounts are texts in the shop's currency; what is left out is nothing. */
export const placeOrderSchema = z.object({
  lines: z
    .array(
      z.object({
        /** Null for what the shop keeps no stock of. */
        sku: z.string().nullable(),
        quantity: z.number().int().positive(),
        price: z.string().optional(),
        title: z.string().optional(),
        discounts: z.array(discount).default([]),
        taxes: z.array(tax).default([]),
      })
    )
    .min(1),
  shipping: z
    .array(
      z.object({
        title: z.string().default("Standard"),
        price: z.string(),
        discounted: z.string().optional(),
        taxes: z.array(tax).default([]),
      })
    )
    .default([]),
  taxes_included: z.boolean().default(true),
  email: z.string().nullable().default("buyer@example.com"),
  test: z.boolean().default(false),
  /** Sells only what is shown; otherwise whatever is asked for. */
  only_stock: z.boolean().default(true),
  presentment: z.object({ currency: z.string(), rate: z.number().positive() }).optional(),
})

export type PlaceOrder = z.infer<typeof placeOrderSchema>
type LineInput = PlaceOrder["lines"][number]

export interface OrderLine {
  readonly id: string
  readonly item: Item | null
  readonly placeId: string
  readonly input: LineInput
  readonly price: string
  readonly quantity: number
  readonly removed: number
}

export interface OrderRefund {
  readonly id: string
  readonly createdAt: number
  readonly lines: readonly {
    readonly lineId: string
    readonly quantity: number
    readonly restockType: string
    readonly placeId: string | null
  }[]
}

export interface OrderParcel {
  readonly id: string
  readonly createdAt: number
  readonly placeId: string
  readonly tracking: readonly {
    readonly number: string
    readonly url: string | null
    readonly company: string | null
  }[]
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[]
}

export interface FakeOrder {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly cancelledAt: number | null
  readonly input: PlaceOrder
  readonly lines: readonly OrderLine[]
  readonly refunds: readonly OrderRefund[]
  readonly parcels: readonly OrderParcel[]
}

export interface RefundRequest {
  readonly lines: readonly { readonly line_id: string; readonly quantity: number }[]
  readonly restock_type: "CANCEL" | "RETURN" | "NO_RESTOCK"
}

export type OrderEvent = "orders/create" | "orders/updated" | "orders/cancelled" | "refunds/create"

/** Orders of the fake. Selling lowers what is shown, as Shopify does by itself. */
export class OrderBook {
  private readonly orders = new Map<string, FakeOrder>()

  constructor(
    private readonly state: ShopState,
    private readonly now: () => number,
    private readonly onEvent: (event: OrderEvent, order: FakeOrder) => void
  ) {}

  all(): FakeOrder[] {
    return [...this.orders.values()]
  }

  get(id: string): FakeOrder | null {
    return this.orders.get(id) ?? null
  }

  /** Null when nothing of it is in stock. */
  place(input: PlaceOrder): { order: FakeOrder; sold: { sku: string | null; sold: number }[] } | null {
    const sales = input.lines.map((line) => this.sell(line, input.only_stock))
    const sold = sales.map(({ line, units }) => ({ sku: line.sku, sold: units }))
    if (!sales.some(({ units }) => units > 0)) {
      return null
    }
    const at = this.now()
    const lines = sales
      .filter(({ units }) => units > 0)
      .map(({ line, units, item, place }): OrderLine => ({
        id: gid("LineItem", this.state.nextId()),
        item,
        placeId: place.id,
        input: line,
        price: line.price ?? item?.price ?? "1.00",
        quantity: units,
        removed: 0,
      }))
    const order: FakeOrder = {
      id: gid("Order", this.state.nextId()),
      name: `#${1_001 + this.orders.size}`,
      createdAt: at,
      updatedAt: at,
      cancelledAt: null,
      input,
      lines,
      refunds: [],
      parcels: [],
    }
    this.orders.set(order.id, order)
    this.onEvent("orders/create", order)
    return { order, sold }
  }

  private sell(
    line: LineInput,
    onlyStock: boolean
  ): { line: LineInput; units: number; item: Item | null; place: Place } {
    const item = line.sku === null ? null : this.state.itemBySku(line.sku)
    const active = this.state.places.filter(({ isActive }) => isActive)
    const shown = (place: Place): number => (item ? (this.state.shown(item.id, place.id) ?? 0) : 0)
    const [place] = [...active].sort((a, b) => shown(b) - shown(a))
    if (!place) {
      throw new Error("The fake has no active location.")
    }
    if (!item?.tracked) {
      return { line, units: line.quantity, item, place }
    }
    const units = onlyStock ? Math.min(line.quantity, Math.max(0, shown(place))) : line.quantity
    this.state.show(item.id, place.id, shown(place) - units)
    return { line, units, item, place }
  }

  private store(order: FakeOrder, event: OrderEvent): FakeOrder {
    const changed = { ...order, updatedAt: Math.max(this.now(), order.updatedAt) }
    this.orders.set(order.id, changed)
    this.onEvent(event, changed)
    if (event !== "orders/updated") {
      this.onEvent("orders/updated", changed)
    }
    return changed
  }

  /** Takes units back, and puts them on the shelf again unless they are lost. Null for an order that does not exist. */
  refund(id: string, request: RefundRequest): FakeOrder | null {
    const order = this.orders.get(id)
    if (!order) {
      return null
    }
    const units = new Map(request.lines.map(({ line_id, quantity }) => [line_id, quantity]))
    const taken = order.lines.map((line) => Math.min(units.get(line.id) ?? 0, line.quantity - line.removed))
    const isRestocked = request.restock_type !== "NO_RESTOCK"
    order.lines.forEach((line, index) => {
      if (line.item && isRestocked && (taken[index] ?? 0) > 0) {
        const shown = this.state.shown(line.item.id, line.placeId) ?? 0
        this.state.show(line.item.id, line.placeId, shown + (taken[index] ?? 0))
      }
    })
    const refund: OrderRefund = {
      id: gid("Refund", this.state.nextId()),
      createdAt: this.now(),
      lines: order.lines.flatMap((line, index) =>
        (taken[index] ?? 0) > 0
          ? [
              {
                lineId: line.id,
                quantity: taken[index] ?? 0,
                restockType: request.restock_type,
                placeId: isRestocked ? line.placeId : null,
              },
            ]
          : []
      ),
    }
    const lines = order.lines.map((line, index) => ({ ...line, removed: line.removed + (taken[index] ?? 0) }))
    return this.store({ ...order, lines, refunds: [...order.refunds, refund] }, "refunds/create")
  }

  /** Cancels all that is open. */
  cancel(id: string): FakeOrder | null {
    const order = this.orders.get(id)
    if (!order) {
      return null
    }
    const lines = order.lines.map((line) => ({ line_id: line.id, quantity: line.quantity - line.removed }))
    const refunded = this.refund(id, { lines, restock_type: "CANCEL" }) ?? order
    return this.store({ ...refunded, cancelledAt: this.now() }, "orders/cancelled")
  }

  /** A parcel leaves. */
  ship(id: string, parcel: Omit<OrderParcel, "id" | "createdAt">): OrderParcel | null {
    const order = this.orders.get(id)
    if (!order) {
      return null
    }
    const shipped: OrderParcel = { ...parcel, id: gid("Fulfillment", this.state.nextId()), createdAt: this.now() }
    this.store({ ...order, parcels: [...order.parcels, shipped] }, "orders/updated")
    return shipped
  }
}

/** Units of a line that have been sent. */
export const shippedUnits = (order: FakeOrder, lineId: string): number =>
  order.parcels
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0)
