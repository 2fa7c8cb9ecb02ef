import type { HubFailure } from "../../lib/errors"
import { addAmounts, amountOf, multiplyAmount, parseAmount, subtractAmounts, type Amount } from "../../lib/quantity"
import { ok, type Result } from "../../lib/result"
import type { ExternalOrderLine } from "../../types/channel"
import { FreeStock } from "./free-stock"
import { isEdited, lineItemId, listingOf, openUnits, packSizeOf, piecesToSend } from "./order-lines"
import type { ExistingReservation, OrderContext } from "./order-context"
import { planKeptAside, type Freed, type PlannedKept } from "./plan-kept-aside"

export interface PlannedReservation {
  readonly line_item_id: string
  readonly inventory_item_id: string
  readonly location_id: string
  readonly quantity: number
  readonly allow_backorder: true
  readonly description: string
  readonly external_id: string
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What has to change so that every line holds exactly the stock it still needs. */
export interface ReservationChanges {
  /** Lines that sold stock which is kept nowhere that feeds the channel: nothing could be reserved for them. */
  readonly unreserved: readonly ExternalOrderLine[]
  readonly reserve: readonly PlannedReservation[]
  /** Reservations that are given back whole. */
  readonly release: readonly string[]
  /** Reservations that shrink to a quantity. */
  readonly shrink: readonly { readonly id: string; readonly quantity: number }[]
  /** Stock that nobody wants any more and that the channel has not put back on sale. Reserved before the rest is released. */
  readonly keepAside: readonly PlannedKept[]
}

const NOTHING = amountOf(0)

export const NO_CHANGES: ReservationChanges = { reserve: [], release: [], shrink: [], unreserved: [], keepAside: [] }

const toNumber = (amount: Amount): number => Number(amount) / 1_000_000

interface LineNeed {
  readonly line: ExternalOrderLine
  readonly lineItemId: string
  readonly inventoryItemId: string
  readonly required: Amount
  /** What has still to be sent. */
  readonly needed: Amount
  /** How much of it came on top since the order in Medusa was changed last. */
  readonly added: Amount
}

/** What every line needs of every inventory item: kits by their parts, packs by their size. */
function needsOf(context: OrderContext): Result<LineNeed[], HubFailure> {
  const needs: LineNeed[] = []
  const mayGrow = isEdited(context)
  for (const line of context.order.lines) {
    const listing = listingOf(context, line)
    if (!listing?.variantId || !listing.isManaged) {
      continue
    }
    const id = lineItemId(context.orderId, line.externalLineId)
    const pieces = piecesToSend(context, line)
    const wanted = openUnits(line) * packSizeOf(context, line)
    const grown = !mayGrow ? 0 : Math.min(Math.max(wanted - (context.existingQuantities[id] ?? 0), 0), pieces)
    for (const component of listing.components) {
      const required = parseAmount(component.required, "up")
      if (!required.ok) {
        return required
      }
      needs.push({
        line,
        lineItemId: id,
        inventoryItemId: component.inventoryItemId,
        required: required.value,
        needed: multiplyAmount(required.value, pieces),
        added: multiplyAmount(required.value, grown),
      })
    }
  }
  return ok(needs)
}

/** Open lines of variants that are managed but made of nothing. */
const linesWithoutItems = (context: OrderContext): ExternalOrderLine[] =>
  context.order.lines.filter((line) => {
    const listing = listingOf(context, line)
    return listing?.variantId && listing.isManaged && listing.components.length === 0 && openUnits(line) > 0
  })

function planReserve(context: OrderContext, stock: FreeStock, need: LineNeed, missing: Amount): PlannedReservation[] {
  const feeding = context.locationsByExternal[need.line.externalLocationId] ?? []
  const everywhere = [...new Set(Object.values(context.locationsByExternal).flat())]
  const preferred = stock.take(need.inventoryItemId, missing, feeding)
  const takes = preferred.length > 0 ? preferred : stock.take(need.inventoryItemId, missing, everywhere)
  return takes.map(({ location, amount }) => ({
    line_item_id: need.lineItemId,
    inventory_item_id: need.inventoryItemId,
    location_id: location,
    quantity: toNumber(amount),
    allow_backorder: true,
    description: `${context.connectionName} order ${context.order.number}`,
    external_id: context.order.externalId,
    metadata: { hub_connection_id: context.connectionId },
  }))
}

/** Shrinks reservations of one line and item, the newest first, until `surplus` units are given back. */
function planRelease(
  reservations: readonly (ExistingReservation & { amount: Amount })[],
  surplus: Amount
): Pick<ReservationChanges, "release" | "shrink"> & { readonly freed: readonly Freed[] } {
  const release: string[] = []
  const shrink: { id: string; quantity: number }[] = []
  const freed: Freed[] = []
  let left = surplus
  for (const reservation of [...reservations].sort((a, b) => (a.id < b.id ? 1 : -1))) {
    if (left <= 0n) {
      break
    }
    const { locationId } = reservation
    if (reservation.amount <= left) {
      release.push(reservation.id)
      freed.push({ locationId, amount: reservation.amount })
      left = subtractAmounts(left, reservation.amount)
    } else {
      shrink.push({ id: reservation.id, quantity: toNumber(subtractAmounts(reservation.amount, left)) })
      freed.push({ locationId, amount: left })
      left = NOTHING
    }
  }
  return { release, shrink, freed }
}

/**
 * How much more may be reserved. Everything while the order is taken over for the first time, unless somebody has shipped or
 * cancelled it meanwhile; afterwards only what the buyer added, because a missing reservation was released in Medusa.
 */
function roomFor(context: OrderContext, need: LineNeed, missing: Amount): Amount {
  if (context.isCanceledInMedusa) {
    return NOTHING
  }
  // A worker may have died after it made the order; people do not wait for the one that takes up where it stopped.
  const isFirst = context.knownVersion === 0 && !context.hasFulfillment
  return isFirst || missing < need.added ? missing : need.added
}

/**
 * Compares what the order still needs with what is reserved for it already. Orders from before the connection need nothing.
 */
export function planReservations(context: OrderContext): Result<ReservationChanges, HubFailure> {
  if (context.isHistoric || context.order.isTest) {
    return ok(NO_CHANGES)
  }
  const stock = FreeStock.of(context.levels)
  const needs = needsOf(context)
  if (!stock.ok) {
    return stock
  }
  if (!needs.ok) {
    return needs
  }
  const reserve: PlannedReservation[] = []
  const release: string[] = []
  const shrink: { id: string; quantity: number }[] = []
  const keepAside: PlannedKept[] = []
  const unreserved = new Set(context.knownVersion === 0 ? linesWithoutItems(context) : [])
  for (const need of needs.value) {
    const reservations = []
    for (const reservation of context.reservations) {
      if (reservation.lineItemId === need.lineItemId && reservation.inventoryItemId === need.inventoryItemId) {
        const amount = parseAmount(reservation.quantity, "up")
        if (!amount.ok) {
          return amount
        }
        reservations.push({ ...reservation, amount: amount.value })
      }
    }
    const reserved = reservations.reduce((sum, { amount }) => addAmounts(sum, amount), NOTHING)
    if (reserved < need.needed) {
      const missing = roomFor(context, need, subtractAmounts(need.needed, reserved))
      const planned = missing > 0n ? planReserve(context, stock.value, need, missing) : []
      reserve.push(...planned)
      if (missing > 0n && planned.length === 0) {
        unreserved.add(need.line)
      }
    } else if (reserved > need.needed) {
      const given = planRelease(reservations, subtractAmounts(reserved, need.needed))
      release.push(...given.release)
      shrink.push(...given.shrink)
      keepAside.push(...planKeptAside(context, need, given.freed))
    }
  }
  // Every process takes locks of items in the same order, so that no two wait for each other.
  reserve.sort((a, b) =>
    a.inventory_item_id < b.inventory_item_id ? -1 : a.inventory_item_id > b.inventory_item_id ? 1 : 0
  )
  return ok({ reserve, release, shrink, unreserved: [...unreserved], keepAside })
}
