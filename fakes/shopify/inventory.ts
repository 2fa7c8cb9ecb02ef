import type { ShopState } from "./shop-state"

/*
 * How stock is written, by Shopify's documentation: all of a call or nothing of it, compared with what is shown, once for
 * each key.
 */

export interface UserError {
  readonly field: readonly string[] | null
  readonly message: string
  readonly code?: string
}

interface QuantityInput {
  readonly inventoryItemId: string
  readonly locationId: string
  readonly quantity: number
  readonly changeFromQuantity?: number | null
}

export interface SetQuantitiesInput {
  readonly name: string
  readonly reason: string
  readonly quantities: readonly QuantityInput[]
}

const REASONS: readonly string[] = [
  "correction",
  "cycle_count_available",
  "received",
  "restock",
  "damaged",
  "shrinkage",
  "other",
]

function judge(
  state: ShopState,
  row: QuantityInput,
  { index, namesUnstocked }: { readonly index: number; readonly namesUnstocked: boolean }
): UserError | null {
  const at = (name: string): string[] => ["input", "quantities", String(index), name]
  const item = state.items.get(row.inventoryItemId)
  const place = state.placeOf(row.locationId)
  if (!item) {
    return {
      field: at("inventoryItemId"),
      message: "The specified inventory item could not be found.",
      code: "INVALID_INVENTORY_ITEM",
    }
  }
  if (!place?.isActive) {
    return { field: at("locationId"), message: "The specified location could not be found.", code: "INVALID_LOCATION" }
  }
  if (item.isBundle) {
    return {
      field: at("inventoryItemId"),
      message: "The inventory item is a bundle.",
      code: "NON_MUTABLE_INVENTORY_ITEM",
    }
  }
  if (row.quantity < 0) {
    return { field: at("quantity"), message: "The quantity can't be negative.", code: "INVALID_QUANTITY_NEGATIVE" }
  }
  if (row.quantity > 1_000_000_000) {
    return { field: at("quantity"), message: "The quantity is too high.", code: "INVALID_QUANTITY_TOO_HIGH" }
  }
  const shown = state.shown(item.id, place.id)
  if (shown === null && namesUnstocked) {
    return {
      field: at("locationId"),
      message: "The item is not stocked at the location.",
      code: "ITEM_NOT_STOCKED_AT_LOCATION",
    }
  }
  const { changeFromQuantity: from } = row
  if (from !== null && from !== undefined && from !== (shown ?? 0)) {
    return {
      field: at("changeFromQuantity"),
      message: "The changeFromQuantity argument no longer matches the persisted quantity.",
      code: "CHANGE_FROM_QUANTITY_STALE",
    }
  }
  return null
}

function findCallError(input: SetQuantitiesInput): UserError | null {
  if (input.name !== "available" && input.name !== "on_hand") {
    return { field: ["input", "name"], message: "The name is invalid.", code: "INVALID_NAME" }
  }
  if (!REASONS.includes(input.reason)) {
    return { field: ["input", "reason"], message: "The reason is invalid.", code: "INVALID_REASON" }
  }
  const pairs = new Set(input.quantities.map((row) => `${row.inventoryItemId} ${row.locationId}`))
  return pairs.size === input.quantities.length
    ? null
    : {
        field: ["input", "quantities"],
        message: "The combination of inventoryItemId and locationId must be unique.",
        code: "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
      }
}

/** Sets all of the quantities, or names what stands in the way and sets none. */
export function setQuantities(state: ShopState, input: SetQuantitiesInput, namesUnstocked: boolean): UserError[] {
  const callError = findCallError(input)
  if (callError) {
    return [callError]
  }
  const errors = input.quantities.flatMap((row, index) => judge(state, row, { index, namesUnstocked }) ?? [])
  if (errors.length === 0) {
    input.quantities.forEach((row) => state.show(row.inventoryItemId, row.locationId, row.quantity))
  }
  return errors
}

/** Puts an item on a location's shelf. */
export function activate(
  state: ShopState,
  { inventoryItemId, locationId, available }: { inventoryItemId: string; locationId: string; available?: number | null }
): UserError[] {
  const item = state.items.get(inventoryItemId)
  const place = state.placeOf(locationId)
  if (!item || !place?.isActive) {
    return [{ field: ["locationId"], message: "The item or the location could not be found." }]
  }
  const shown = state.shown(item.id, place.id)
  if (shown !== null && available !== null && available !== undefined && available !== shown) {
    return [
      {
        field: ["available"],
        message: "Not allowed to set available quantity when the item is already active at the location.",
      },
    ]
  }
  state.show(item.id, place.id, shown ?? available ?? 0)
  return []
}

interface Kept {
  readonly content: string
  readonly answer: unknown
  readonly hasFailed: boolean
}

/** Answers by key: the same question again has the same answer, and changes nothing. */
export class IdempotencyKeys {
  private readonly kept = new Map<string, Kept>()
  private failing = 0

  /** The next so many calls fail after their key was noted down. */
  failNext(count: number): void {
    this.failing = count
  }

  once(
    { key, content }: { readonly key: string; readonly content: string },
    { run, refuse }: { readonly run: () => unknown; readonly refuse: (code: string, message: string) => unknown }
  ): unknown {
    const known = this.kept.get(key)
    if (known && known.content !== content) {
      return refuse("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "The key was used with other parameters.")
    }
    if (known) {
      return known.hasFailed
        ? refuse("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "The previous attempt failed.")
        : known.answer
    }
    if (this.failing > 0) {
      this.failing -= 1
      this.kept.set(key, { content, answer: null, hasFailed: true })
      return refuse("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "The previous attempt failed.")
    }
    const answer = run()
    this.kept.set(key, { content, answer, hasFailed: false })
    return answer
  }
}
