import type { HubFailure } from "../../lib/errors"
import { addAmounts, amountOf, parseAmount, subtractAmounts, type Amount } from "../../lib/quantity"
import { ok, type Result } from "../../lib/result"
import type { ItemLevel } from "./order-context"

const NOTHING = amountOf(0)

/** Stock that is still free while the plan is made, by item and location. */
export class FreeStock {
  private readonly free = new Map<string, Map<string, Amount>>()

  private constructor() {}

  static of(levels: readonly ItemLevel[]): Result<FreeStock, HubFailure> {
    const stock = new FreeStock()
    for (const level of levels) {
      const amount = parseAmount(level.available, "down")
      if (!amount.ok) {
        return amount
      }
      const locations = stock.free.get(level.inventoryItemId) ?? new Map<string, Amount>()
      stock.free.set(level.inventoryItemId, locations.set(level.locationId, amount.value))
    }
    return ok(stock)
  }

  /**
   * Takes `needed` units: from one location when one has them all, else from the fullest ones; what is missing is taken
   * from the fullest all the same, because the channel has sold it and somebody has to know.
   */
  take(inventoryItemId: string, needed: Amount, among: readonly string[]): { location: string; amount: Amount }[] {
    const locations = this.free.get(inventoryItemId) ?? new Map<string, Amount>()
    const candidates = [...locations.entries()]
      .filter(([location]) => among.includes(location))
      .sort(([idA, a], [idB, b]) => (a === b ? (idA < idB ? -1 : 1) : a > b ? -1 : 1))
    const takes: { location: string; amount: Amount }[] = []
    let missing = needed
    for (const [location, amount] of candidates) {
      const amountHere = amount < missing ? amount : missing
      if (missing > 0n && amountHere > 0n) {
        takes.push({ location, amount: amountHere })
        locations.set(location, subtractAmounts(amount, amountHere))
        missing = subtractAmounts(missing, amountHere)
      }
    }
    const [fullest] = candidates
    if (missing > 0n && fullest) {
      const [location] = fullest
      const first = takes.find((take) => take.location === location)
      if (first) {
        first.amount = addAmounts(first.amount, missing)
      } else {
        takes.push({ location, amount: missing })
      }
      locations.set(location, subtractAmounts(locations.get(location) ?? NOTHING, missing))
    }
    return takes
  }
}
