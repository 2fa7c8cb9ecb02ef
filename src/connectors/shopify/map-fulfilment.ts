import type { HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import type { FulfilmentPush, ParcelTracking } from "../../types/channel-order"
import type { VendorFulfilment, VendorFulfilmentOrder, VendorOrder } from "./schema"

/** Work that Shopify still waits for. */
const OPEN: readonly string[] = ["OPEN", "IN_PROGRESS"]
const DEAD: readonly string[] = ["CANCELLED", "ERROR", "FAILURE"]

const unitsOf = (lines: readonly { readonly id: string; readonly quantity: number }[]): string => {
  const units = new Map<string, number>()
  for (const { id, quantity } of lines) {
    units.set(id, (units.get(id) ?? 0) + quantity)
  }
  return JSON.stringify([...units].filter(([, quantity]) => quantity > 0).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const numbersOf = (tracking: readonly { readonly number: string | null }[]): string =>
  JSON.stringify(
    tracking
      .map(({ number }) => number ?? "")
      .filter((number) => number !== "")
      .sort()
  )

/**
 * The parcel if Shopify has it already: the same numbers, and the same units of the same lines. Shopify knows no keys for
 * parcels, so this is what keeps a lost answer from becoming a second parcel.
 */
export const findParcel = (push: FulfilmentPush, known: readonly VendorFulfilment[]): VendorFulfilment | null => {
  const units = unitsOf(push.lines.map(({ externalLineId, quantity }) => ({ id: externalLineId, quantity })))
  return (
    known.find(
      (parcel) =>
        !DEAD.includes(parcel.status) &&
        numbersOf(parcel.trackingInfo) === numbersOf(push.tracking) &&
        unitsOf(
          parcel.fulfillmentLineItems.nodes.map(({ lineItem, quantity }) => ({
            id: lineItem.id,
            quantity: quantity ?? 0,
          }))
        ) === units
    ) ?? null
  )
}

interface Part {
  readonly fulfillmentOrderId: string
  readonly fulfillmentOrderLineItems: readonly { readonly id: string; readonly quantity: number }[]
}

/** Takes the units of the parcel out of the work that waits at one place. Null when there is not enough of it. */
function takeFrom(push: FulfilmentPush, waiting: readonly VendorFulfilmentOrder[]): Part[] | null {
  const missing = new Map<string, number>()
  for (const { externalLineId, quantity } of push.lines) {
    missing.set(externalLineId, (missing.get(externalLineId) ?? 0) + quantity)
  }
  const parts = waiting.map(({ id, lineItems }) => ({
    fulfillmentOrderId: id,
    fulfillmentOrderLineItems: lineItems.nodes.flatMap((line) => {
      const wanted = missing.get(line.lineItem.id) ?? 0
      const quantity = Math.min(wanted, line.remainingQuantity)
      missing.set(line.lineItem.id, wanted - quantity)
      return quantity > 0 ? [{ id: line.id, quantity }] : []
    }),
  }))
  return [...missing.values()].every((units) => units === 0)
    ? parts.filter(({ fulfillmentOrderLineItems }) => fulfillmentOrderLineItems.length > 0)
    : null
}

const toTracking = (tracking: readonly ParcelTracking[]): Readonly<Record<string, unknown>> | null => {
  const [first] = tracking
  if (!first) {
    return null
  }
  const urls = tracking.flatMap(({ url }) => (url === null ? [] : [url]))
  return {
    ...(first.carrier === null ? {} : { company: first.carrier }),
    numbers: tracking.map(({ number }) => number),
    // Each number needs its own address, or none has one.
    ...(urls.length === tracking.length ? { urls } : {}),
  }
}

/**
 * A parcel as Shopify wants it: out of the work that waits at the place from which it leaves, or else at another place that
 * has all of it. Shopify takes a parcel from one place only.
 */
export function planParcel(
  push: FulfilmentPush,
  order: Pick<VendorOrder, "name" | "fulfillmentOrders">
): Result<Readonly<Record<string, unknown>>, HubFailure> {
  const open = order.fulfillmentOrders.nodes.filter(({ status }) => OPEN.includes(status))
  const placeOf = ({ assignedLocation }: VendorFulfilmentOrder): string => assignedLocation.location?.id ?? ""
  const places = [push.externalLocationId, ...open.map(placeOf).filter((place) => place !== push.externalLocationId)]
  for (const place of new Set(places)) {
    const parts = takeFrom(
      push,
      open.filter((waiting) => placeOf(waiting) === place)
    )
    if (parts) {
      const trackingInfo = toTracking(push.tracking)
      return ok({
        lineItemsByFulfillmentOrder: parts,
        notifyCustomer: push.notifyBuyer,
        ...(trackingInfo ? { trackingInfo } : {}),
      })
    }
  }
  return err({
    kind: "invalid-data",
    message:
      `Shopify does not wait for these units of ${order.name} at one location: they were sent, cancelled, put on hold or ` +
      `are to leave from several places. Look at the order in Shopify.`,
    vendorCode: "NOT_WAITING",
  })
}
