import type { HubFailure } from "../../lib/errors"
import type { ExternalListing, ExternalLocation, StockKey, StockObservation, StockWrite } from "../../types/channel"
import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import type { VendorLevel, VendorLocation, VendorUserError, VendorVariant } from "./schema"

export const toListingId = (id: string): ExternalListingId => id as ExternalListingId
export const toLocationId = (id: string): ExternalLocationId => id as ExternalLocationId

export const ITEM_PREFIX = "gid://shopify/InventoryItem/"
export const LOCATION_PREFIX = "gid://shopify/Location/"

/** Most that Shopify takes as a quantity. */
const MOST_UNITS = 1_000_000_000

export const toLocation = ({ id, name }: VendorLocation): ExternalLocation => ({ externalId: toLocationId(id), name })

/** What is not tracked shows no number, and a bundle's number follows from its parts. Neither can be written. */
export const keepsStock = ({ inventoryItem, requiresComponents }: VendorVariant): boolean =>
  inventoryItem.tracked && !requiresComponents

/** A listing is the inventory item and not the variant: it is what stock is written to. */
export const toListing = ({ inventoryItem, sku, barcode, displayName }: VendorVariant): ExternalListing => ({
  externalId: toListingId(inventoryItem.id),
  sku: sku?.trim() ? sku.trim() : null,
  barcode: barcode?.trim() ? barcode.trim() : null,
  title: displayName,
})

const availableOf = (level: VendorLevel): number | null =>
  level?.inventoryLevel?.quantities.find(({ name }) => name === "available")?.quantity ?? null

/** One observation for each key, in order. An item that is not stocked at the place shows nothing, which is not zero. */
export function toObservations(keys: readonly StockKey[], nodes: readonly VendorLevel[]): StockObservation[] {
  const byItem = new Map(
    nodes.flatMap((node) => (node?.id === undefined ? [] : [[node.id, availableOf(node)] as const]))
  )
  return keys.map(({ externalListingId, externalLocationId }) => ({
    externalListingId,
    externalLocationId,
    quantity: byItem.get(externalListingId) ?? null,
  }))
}

/** A quantity as Shopify wants it. To write without comparing has to be said, by `null`. */
export const toVendorQuantity = (
  write: StockWrite
): { inventoryItemId: string; locationId: string; quantity: number; changeFromQuantity: number | null } => ({
  inventoryItemId: write.externalListingId,
  locationId: write.externalLocationId,
  quantity: write.quantity,
  changeFromQuantity: write.compareWith,
})

/** What Shopify would refuse anyway, and the whole batch with it. Null for a sound write. */
export function findWriteMistake(write: StockWrite): HubFailure | null {
  const { externalListingId: item, externalLocationId: location, quantity } = write
  const mistake = !item.startsWith(ITEM_PREFIX)
    ? `"${item}" is no inventory item of Shopify.`
    : !location.startsWith(LOCATION_PREFIX)
      ? `"${location}" is no location of Shopify. Map the connection's locations.`
      : !Number.isSafeInteger(quantity) || quantity < 0 || quantity > MOST_UNITS
        ? `Shopify takes whole quantities from 0 to ${MOST_UNITS}.`
        : null
  return mistake === null ? null : { kind: "invalid-data", message: mistake }
}

export const pairOf = ({ externalListingId, externalLocationId }: StockKey): string =>
  `${externalListingId} ${externalLocationId}`

/** What one refused write means for the hub. */
export type RowVerdict =
  /** Somebody sold or changed it meanwhile. */
  | { readonly kind: "stale" }
  /** The item is not kept at that location yet. */
  | { readonly kind: "not-stocked" }
  | { readonly kind: "failed"; readonly failure: HubFailure }

/** What a refusal of the call as a whole asks for. */
export type CallVerdict =
  /** The key was used by a call that failed: the same again under another one. */
  { readonly kind: "new-key" } | { readonly kind: "failed"; readonly failure: HubFailure }

const LATER: readonly string[] = ["IDEMPOTENCY_CONCURRENT_REQUEST", "SERVICE_UNAVAILABLE", "ADJUST_QUANTITIES_FAILED"]
const GONE: readonly string[] = ["INVALID_INVENTORY_ITEM", "INVALID_LOCATION"]

const ADVICE: Readonly<Record<string, string>> = {
  INVALID_INVENTORY_ITEM: "The item does not exist any more. Import the listings again.",
  INVALID_LOCATION: "The location does not exist any more, or is not active. Look at the connection's locations.",
  NON_MUTABLE_INVENTORY_ITEM: "It is a bundle: its number follows from its parts. Ignore this listing.",
  NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR: "Two listings write to the same item and location. Ignore one of them.",
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH:
    "One key was used for two different calls. This is a mistake of the hub: report it.",
}

const wordsOf = ({ code, message }: VendorUserError): string =>
  `Shopify refused it (${code ?? "no code"}): ${message.slice(0, 200)} ${ADVICE[code ?? ""] ?? ""}`.trim()

const toFailure = (error: VendorUserError): HubFailure => {
  const code = error.code ?? "USER_ERROR"
  const kind = LATER.includes(code)
    ? "transient"
    : GONE.includes(code)
      ? "not-found"
      : code === "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"
        ? "bug"
        : "invalid-data"
  return { kind, message: wordsOf(error), vendorCode: code }
}

/** Number of the row that an error is about, or null when it is about the call. */
export const rowOf = ({ field }: VendorUserError): number | null =>
  field?.[0] === "input" && field[1] === "quantities" && /^\d+$/.test(field[2] ?? "") ? Number(field[2]) : null

export function judgeRow(error: VendorUserError): RowVerdict {
  switch (error.code) {
    case "CHANGE_FROM_QUANTITY_STALE":
    case "COMPARE_QUANTITY_STALE":
      return { kind: "stale" }
    case "ITEM_NOT_STOCKED_AT_LOCATION":
      return { kind: "not-stocked" }
    default:
      return { kind: "failed", failure: toFailure(error) }
  }
}

export const judgeCall = (error: VendorUserError): CallVerdict =>
  error.code === "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"
    ? { kind: "new-key" }
    : { kind: "failed", failure: toFailure(error) }

/** Errors of a call parted into those of its rows and the first of the call as a whole. */
export function sortErrors(
  errors: readonly VendorUserError[],
  rowCount: number
): { readonly rows: ReadonlyMap<number, RowVerdict>; readonly whole: CallVerdict | null } {
  const rows = new Map<number, RowVerdict>()
  let whole: CallVerdict | null = null
  for (const error of errors) {
    const row = rowOf(error)
    if (row !== null && row < rowCount) {
      rows.set(row, rows.get(row) ?? judgeRow(error))
    } else {
      whole ??= judgeCall(error)
    }
  }
  return { rows, whole }
}
