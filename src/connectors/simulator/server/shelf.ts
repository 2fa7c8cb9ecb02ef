import type { z } from "@medusajs/framework/zod"
import type { listingSchema, SimulatorSettings } from "./settings"

export interface Listing {
  readonly id: string
  readonly sku: string | null
  readonly barcode: string | null
  readonly title: string
}

export interface Location {
  readonly id: string
  readonly name: string
}

export interface Slot {
  readonly listing_id: string
  readonly location_id: string
}

export interface ShownQuantity extends Slot {
  readonly quantity: number
}

/** The location of a channel that does not know locations. */
const NO_LOCATION: Location = { id: "*", name: "Everywhere" }

/** The fake channel's catalogue and what it shows of it, in whole units. */
export class Shelf {
  readonly locations: readonly Location[]
  readonly #ids: string[] = []
  readonly #listings = new Map<string, Listing>()
  /** A SKU may stand on several listings; shoppers get the first. */
  readonly #idBySku = new Map<string, string>()
  readonly #quantities = new Map<string, Map<string, number>>()
  readonly #initialStock: number
  readonly #onChange: (shown: ShownQuantity) => void

  constructor(settings: SimulatorSettings, onChange: (shown: ShownQuantity) => void) {
    this.locations = settings.has_locations ? settings.locations : [NO_LOCATION]
    this.#initialStock = settings.initial_stock
    this.#onChange = onChange
    this.add(settings.listings)
  }

  /** Adds listings, or replaces the text of those whose id exists. @returns how many are new */
  add(inputs: readonly z.infer<typeof listingSchema>[]): number {
    let added = 0
    for (const { id, sku, barcode, title, quantity = this.#initialStock } of inputs) {
      if (!this.#listings.has(id)) {
        this.#ids.push(id)
        this.#quantities.set(id, new Map(this.locations.map((location) => [location.id, quantity])))
        added += 1
      }
      this.#listings.set(id, { id, sku, barcode, title: title ?? sku ?? id })
      if (sku !== null && !this.#idBySku.has(sku)) {
        this.#idBySku.set(sku, id)
      }
    }
    return added
  }

  get size(): number {
    return this.#ids.length
  }

  page(offset: number, limit: number): Listing[] {
    return this.#ids.slice(offset, offset + limit).flatMap((id) => this.find(id) ?? [])
  }

  find(id: string): Listing | undefined {
    return this.#listings.get(id)
  }

  findBySku(sku: string): Listing | undefined {
    return this.find(this.#idBySku.get(sku) ?? "")
  }

  /** What is shown, or null for a listing or location that does not exist. */
  shown(slot: Slot): number | null {
    return this.#quantities.get(slot.listing_id)?.get(slot.location_id) ?? null
  }

  /** Shows another quantity. @returns false for a listing or location that does not exist */
  show(slot: Slot, quantity: number): boolean {
    const places = this.#quantities.get(slot.listing_id)
    const before = places?.get(slot.location_id)
    if (!places || before === undefined) {
      return false
    }
    if (before !== quantity) {
      places.set(slot.location_id, quantity)
      this.#onChange({ listing_id: slot.listing_id, location_id: slot.location_id, quantity })
    }
    return true
  }

  /**
   * Takes up to `wanted` units off the shelf, from the location that shows most, then the next. Never more than shown:
   * this is the one rule that makes the fake worth testing against.
   */
  take(listingId: string, wanted: number): { location_id: string; quantity: number }[] {
    const places = [...(this.#quantities.get(listingId) ?? [])].sort(([, a], [, b]) => b - a)
    const taken: { location_id: string; quantity: number }[] = []
    let missing = wanted
    for (const [location_id, shown] of places) {
      const quantity = Math.min(shown, missing)
      if (quantity > 0) {
        this.show({ listing_id: listingId, location_id }, shown - quantity)
        taken.push({ location_id, quantity })
        missing -= quantity
      }
    }
    return taken
  }

  all(): ShownQuantity[] {
    return [...this.#quantities].flatMap(([listing_id, places]) =>
      [...places].map(([location_id, quantity]) => ({ listing_id, location_id, quantity }))
    )
  }
}
