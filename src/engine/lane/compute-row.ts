import type { HubFailure } from "../../lib/errors"
import {
  computeQuantity,
  DEFAULT_QUANTITY_RULE,
  encodeExplanation,
  parseAmount,
  type Amount,
  type Component,
  type HeldQuantity,
  type QuantityInput,
} from "../../lib/quantity"
import { err, ok, type Result } from "../../lib/result"
import type { InventoryItemId, StockLocationId } from "../../types/ids"
import type { LoadedAvailability, LoadedComponent } from "../queries/load-availability"
import type { Computed } from "./lane-reducer"

export interface ComputedRow {
  readonly computed: Computed
  /** The input vector in its stored form. */
  readonly explanation: unknown
}

/** What the columns that keep quantities can hold. */
const MOST_SHOWN = 2_147_483_647

function parseAll<T extends Record<string, { text: string; rounding: "down" | "up" }>>(
  texts: T
): Result<Record<keyof T, Amount>, HubFailure> {
  const amounts = {} as Record<keyof T, Amount>
  for (const name of Object.keys(texts) as (keyof T)[]) {
    const source = texts[name]
    const amount = source ? parseAmount(source.text, source.rounding) : null
    if (!amount?.ok) {
      return amount ?? err({ kind: "bug", message: `No text for ${String(name)}` })
    }
    amounts[name] = amount.value
  }
  return ok(amounts)
}

/** An item without a level at any feeding location is known to have no stock there: that is 0, not unknown. */
function toComponent(component: LoadedComponent, locationIds: readonly string[]): Result<Component, HubFailure> {
  const required = parseAmount(component.required, "up")
  if (!required.ok) {
    return required
  }
  const known =
    component.levels.length > 0
      ? component.levels
      : locationIds.map((locationId) => ({ locationId, stocked: "0", reserved: "0" }))
  const levels = []
  for (const level of known) {
    const amounts = parseAll({
      stocked: { text: level.stocked, rounding: "down" },
      reserved: { text: level.reserved, rounding: "up" },
    })
    if (!amounts.ok) {
      return amounts
    }
    levels.push({ locationId: level.locationId as StockLocationId, ...amounts.value })
  }
  return ok({ inventoryItemId: component.inventoryItemId as InventoryItemId, required: required.value, levels })
}

/** What limits a number beyond the stock and the rules. */
export interface RowLimits {
  readonly ceiling?: number | null
  readonly held?: HeldQuantity | null
}

/** Turns what was loaded into the input of the quantity function. Stock rounds down, what is spoken for rounds up. */
export function toQuantityInput(
  loaded: LoadedAvailability,
  { ceiling = null, held = null }: RowLimits = {}
): Result<QuantityInput, HubFailure> {
  const components: Component[] = []
  for (const component of loaded.components) {
    const parsed = toComponent(component, loaded.locationIds)
    if (!parsed.ok) {
      return parsed
    }
    components.push(parsed.value)
  }
  return ok({
    managed: loaded.isManaged,
    allowBackorder: loaded.allowBackorder,
    packSize: loaded.packSize,
    components,
    rule: { ...DEFAULT_QUANTITY_RULE, ...loaded.rule },
    ceiling,
    held,
  })
}

/** What one listing should show, with its explanation. Pure. */
export function computeRow(loaded: LoadedAvailability, limits: RowLimits = {}): ComputedRow {
  if (loaded.isVariantGone) {
    return { computed: { kind: "leave", reason: "variant-deleted" }, explanation: null }
  }
  if (!loaded.isLinked) {
    return { computed: { kind: "leave", reason: "unlinked" }, explanation: null }
  }
  const input = toQuantityInput(loaded, limits)
  if (!input.ok) {
    return { computed: { kind: "invalid", failure: input.error }, explanation: null }
  }
  const outcome = computeQuantity(input.value)
  if (!outcome.ok) {
    return { computed: { kind: "invalid", failure: outcome.error }, explanation: null }
  }
  if (outcome.value.kind === "show" && outcome.value.quantity > MOST_SHOWN) {
    const message = `The quantity ${outcome.value.quantity} is more than a channel can show. Correct the stock or set a cap.`
    return { computed: { kind: "invalid", failure: { kind: "invalid-data", message } }, explanation: null }
  }
  const computed: Computed =
    outcome.value.kind === "show"
      ? { kind: "show", quantity: outcome.value.quantity }
      : { kind: "leave", reason: outcome.value.reason }
  return { computed, explanation: encodeExplanation(input.value) }
}
