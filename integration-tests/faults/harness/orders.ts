/** One line of an order as the channel tells it. */
export interface ToldLine {
  readonly sku: string
  readonly quantity: number
  readonly cancelled: number
}

/** An order in one of its states, as the simulator would send it. */
export const tellOrder = (id: string, sequence: number, lines: readonly ToldLine[]) => ({
  id,
  number: `N-${id}`,
  sequence,
  placed_at: "2026-01-05T10:00:00.000Z",
  currency: "eur",
  email: null,
  lines: lines.map((line, index) => ({
    id: `${id}-${index + 1}`,
    listing_id: `L-${line.sku}`,
    location_id: "*",
    sku: line.sku,
    title: line.sku,
    quantity: line.quantity,
    cancelled_quantity: line.cancelled,
    unit_price: "9.00",
  })),
})
