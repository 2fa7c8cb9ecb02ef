import type { World } from "./world"

/** Stock of one item at one location in Medusa. */
export interface Level {
  stocked: number
  reserved: number
  updatedAt: number
}

export interface Reservation {
  readonly id: string
  /** `null` for what Medusa's own checkout reserved. */
  readonly lineItemId: string | null
  readonly itemId: string
  readonly locationId: string
  quantity: number
}

export interface MedusaOrder {
  readonly id: string
  readonly externalId: string
  readonly quantities: ReadonlyMap<string, number>
  isCanceled: boolean
  hasFulfillment: boolean
}

/** Medusa: levels, reservations and orders. Whatever changes a level is captured, unless capture fails. */
export class Shop {
  readonly reservations = new Map<string, Reservation>()
  readonly orders = new Map<string, MedusaOrder>()
  private readonly levels = new Map<string, Level>()
  private readonly byLineItem = new Map<string, Set<Reservation>>()
  private reservationsMade = 0

  constructor(private readonly world: World) {}

  level(itemId: string, locationId: string): Level {
    const key = `${itemId}@${locationId}`
    const known = this.levels.get(key)
    if (known) {
      return known
    }
    const level = { stocked: 0, reserved: 0, updatedAt: this.world.now }
    this.levels.set(key, level)
    return level
  }

  available(itemId: string, locationId: string): number {
    const { stocked, reserved } = this.level(itemId, locationId)
    return stocked - reserved
  }

  /** Every write to a level ends here: the trigger runs in the same transaction. */
  change(itemId: string, locationId: string, by: { readonly stocked?: number; readonly reserved?: number }): void {
    const level = this.level(itemId, locationId)
    const before = level.stocked - level.reserved
    level.stocked += by.stocked ?? 0
    level.reserved += by.reserved ?? 0
    level.updatedAt = this.world.now
    const { stocked = 0, reserved = 0 } = by
    this.world.captureChange({
      itemId,
      locationId,
      before,
      after: level.stocked - level.reserved,
      sold: Math.max(0, reserved),
      isEdit: stocked !== 0 && stocked !== reserved,
    })
  }

  reserve(reservation: Omit<Reservation, "id">): Reservation {
    this.reservationsMade += 1
    const made = { ...reservation, id: `res${String(this.reservationsMade).padStart(8, "0")}` }
    this.restore(made)
    return made
  }

  restore(reservation: Reservation): void {
    this.reservations.set(reservation.id, reservation)
    if (reservation.lineItemId !== null) {
      const known = this.byLineItem.get(reservation.lineItemId) ?? new Set()
      this.byLineItem.set(reservation.lineItemId, known.add(reservation))
    }
    this.change(reservation.itemId, reservation.locationId, { reserved: reservation.quantity })
  }

  /** The reservation is gone, whether or not the goods left the shelf with it. */
  release(id: string, leavesShelf = false): Reservation | null {
    const reservation = this.reservations.get(id)
    if (!reservation) {
      return null
    }
    this.reservations.delete(id)
    this.byLineItem.get(reservation.lineItemId ?? "")?.delete(reservation)
    const { itemId, locationId, quantity } = reservation
    this.change(itemId, locationId, { reserved: -quantity, stocked: leavesShelf ? -quantity : 0 })
    return reservation
  }

  resize(reservation: Reservation, quantity: number): void {
    this.change(reservation.itemId, reservation.locationId, { reserved: quantity - reservation.quantity })
    reservation.quantity = quantity
  }

  reservationsOf(lineItemId: string): Reservation[] {
    return [...(this.byLineItem.get(lineItemId) ?? [])]
  }
}
