import fc from "fast-check"
import type { InventoryItemId, StockLocationId } from "../../../types/ids"
import { computeQuantity, DEFAULT_QUANTITY_RULE, parseAmount } from ".."
import type { Amount, Component, HeldQuantity, QuantityInput, QuantityOutcome, QuantityRule } from ".."

/** A quantity input in plain integers, all amounts in tenths of a unit: what the oracle counts with. */
export interface Scenario {
  readonly managed: boolean
  readonly allowBackorder: boolean
  readonly packSize: number
  readonly rule: QuantityRule
  readonly ceiling: number | null
  readonly held: HeldQuantity | null
  /** Per component: tenths required, and per location `[stocked, reserved]` in tenths; `null` where it has no level. */
  readonly components: readonly {
    readonly required: number
    readonly levels: readonly (readonly [number, number] | null)[]
  }[]
}

export const ITEM_IDS = ["A", "B", "C", "D", "E"].map(
  (end) => `iitem_01K9ZJ8Q6W2M3N4P5R6S7T8V9${end}` as InventoryItemId
)
export const LOCATION_IDS = ["A", "B", "C", "D"].map((end) => `sloc_01K9ZJ8Q6W2M3N4P5R6S7T8V9${end}` as StockLocationId)

export function amount(text: string | number): Amount {
  const parsed = parseAmount(text, "down")
  if (!parsed.ok) {
    throw new Error(parsed.error.message)
  }
  return parsed.value
}

export const at = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index]
  if (value === undefined) {
    throw new Error(`Nothing at ${index}`)
  }
  return value
}

export const toInput = ({ components, ...rest }: Scenario): QuantityInput => ({
  ...rest,
  components: components.map(({ required, levels }, item) => ({
    inventoryItemId: at(ITEM_IDS, item),
    required: amount((required / 10).toFixed(1)),
    levels: levels.flatMap((level, location) =>
      level === null
        ? []
        : [
            {
              locationId: at(LOCATION_IDS, location),
              stocked: amount((level[0] / 10).toFixed(1)),
              reserved: amount((level[1] / 10).toFixed(1)),
            },
          ]
    ),
  })),
})

type Changes = Partial<Omit<QuantityInput, "components" | "rule">> & { readonly rule?: Partial<QuantityRule> }

/**
 * An input in shorthand, one text per component: `"2 × 12/3 . 5/0"` requires 2 of an item with 12 on hand − 3 reserved at the
 * first location, no level at the second and 5 − 0 at the third. Plain otherwise, apart from `changes`.
 */
export function inputOf(components: readonly string[], { rule = {}, ...changes }: Changes = {}): QuantityInput {
  return {
    managed: true,
    allowBackorder: false,
    packSize: 1,
    ceiling: null,
    held: null,
    ...changes,
    components: components.map(componentOf),
    rule: { ...DEFAULT_QUANTITY_RULE, ...rule },
  }
}

function componentOf(text: string, item: number): Component {
  const [required = "", levels = ""] = text.includes("×") ? text.split(" × ") : ["1", text]
  return {
    inventoryItemId: at(ITEM_IDS, item),
    required: amount(required),
    levels: levels.split(" ").flatMap((level, location) => {
      const [stocked, reserved] = level.split("/")
      return stocked === undefined || reserved === undefined
        ? []
        : [{ locationId: at(LOCATION_IDS, location), stocked: amount(stocked), reserved: amount(reserved) }]
    }),
  }
}

export function outcomeOf(input: QuantityInput): QuantityOutcome {
  const result = computeQuantity(input)
  if (!result.ok) {
    throw new Error(result.error.message)
  }
  return result.value
}

/** The quantity, or the reason why there is none. */
export function answerOf(input: QuantityInput): number | string {
  const outcome = outcomeOf(input)
  return outcome.kind === "show" ? outcome.quantity : outcome.reason
}

/** Mostly whole units, as shops have them, else tenths. */
const tenths = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min, max }).map((units) => units * 10) },
    { weight: 1, arbitrary: fc.integer({ min: min * 10 + 1, max: max * 10 }) }
  )

const few = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })

const level = fc.option(fc.tuple(tenths(-3, 25), tenths(-1, 8)), { freq: 6 })

const arbitraryRule: fc.Arbitrary<QuantityRule> = fc.record({
  version: fc.nat(),
  buffer: fc.oneof(fc.constant(0), few(6)),
  minimum: fc.oneof(fc.constant(0), few(5)),
  cap: fc.option(few(12), { freq: 2 }),
  sharePercent: fc.option(few(100), { freq: 1 }),
  backorderQuantity: fc.option(few(12), { freq: 2 }),
  unmanagedQuantity: fc.option(few(20)),
  assembleAcrossLocations: fc.boolean(),
})

/** Every kind of scenario; managed far more often than not. */
export const arbitraryScenario: fc.Arbitrary<Scenario> = fc.record({
  managed: fc.integer({ min: 0, max: 9 }).map((die) => die > 0),
  allowBackorder: fc.boolean(),
  packSize: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5 })),
  rule: arbitraryRule,
  ceiling: fc.option(few(12), { freq: 1 }),
  held: fc.option(fc.record({ base: few(12), sold: few(12) }), { freq: 1 }),
  components: few(LOCATION_IDS.length).chain((locationCount) =>
    fc.array(
      fc.record({
        required: tenths(0, 4).filter((required) => required > 0),
        levels: fc.array(level, { minLength: locationCount, maxLength: locationCount }),
      }),
      { maxLength: 4 }
    )
  ),
})
