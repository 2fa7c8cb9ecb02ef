/** What one world has sold, against the goods that are really there. */
export class SalesLedger {
  private readonly onHand: Map<string, number>
  private sold = 0
  private oversold = 0
  private readonly oversoldSkus = new Set<string>()

  /** @param opening units on hand of every SKU */
  constructor(opening: ReadonlyMap<string, number>) {
    this.onHand = new Map(opening)
  }

  /** A channel has sold units. What is no longer there is oversold: some buyer will be let down. */
  sell(sku: string, units: number): void {
    const before = this.onHand.get(sku)
    if (before === undefined) {
      return
    }
    this.sold += units
    const missing = Math.max(0, units - Math.max(0, before))
    if (missing > 0) {
      this.oversold += missing
      this.oversoldSkus.add(sku)
    }
    this.onHand.set(sku, before - units)
  }

  /** Units came back, or the warehouse corrected its count. */
  move(sku: string, delta: number): void {
    const before = this.onHand.get(sku)
    if (before !== undefined) {
      this.onHand.set(sku, before + delta)
    }
  }

  get totals(): {
    readonly sold: number
    readonly oversold: number
    readonly oversoldSkus: number
    readonly oversoldPerThousand: number
  } {
    return {
      sold: this.sold,
      oversold: this.oversold,
      oversoldSkus: this.oversoldSkus.size,
      oversoldPerThousand: this.sold === 0 ? 0 : (this.oversold / this.sold) * 1_000,
    }
  }
}
