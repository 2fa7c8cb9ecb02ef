import type { InventoryItemId, StockLocationId } from "../../types/ids"
import type { HubFailure } from "../errors"
import { isInRange, type Amount } from "./decimal"

/** What Medusa says about one inventory item at one location, in units of the item. */
export interface ComponentLevel {
  readonly locationId: StockLocationId
  /** On hand. Below 0 when more left the shelf than was recorded. */
  readonly stocked: Amount
  /** Reserved for orders and held for pending ones. */
  readonly reserved: Amount
}

/** An inventory item that a variant consists of. Most variants have one, kits have several. */
export interface Component {
  readonly inventoryItemId: InventoryItemId
  /** Units of the item in one unit of the variant, above 0. */
  readonly required: Amount
  /** Only the locations that feed the external location, each once; in any order, fastest when ascending by id. */
  readonly levels: readonly ComponentLevel[]
}

/** How a merchant wants the number shown. All figures are whole and at least 0. */
export interface QuantityRule {
  /** Names the stored version of the rule; has no effect on the quantity. */
  readonly version: number
  /** Variant units kept back, once per external location. */
  readonly buffer: number
  /** With fewer channel units than this there, 0 is shown. */
  readonly minimum: number
  /** The most channel units ever shown, whatever else says more. `null`: no limit. */
  readonly cap: number | null
  /** Exclusive share of what is there after the buffer, in percent from 0 to 100. `null`: the pool is shared by all. */
  readonly sharePercent: number | null
  /** Channel units shown at least, when the variant may be backordered. `null`: only what is there. */
  readonly backorderQuantity: number | null
  /** Channel units shown for a variant without managed inventory. `null`: the channel's number is left alone. */
  readonly unmanagedQuantity: number | null
  /** Whether the parts of one kit may come from different locations. */
  readonly assembleAcrossLocations: boolean
}

/** Everything that decides one quantity: one listing at one external location at one moment. */
export interface QuantityInput {
  /** Medusa's `manage_inventory` of the variant. */
  readonly managed: boolean
  /** Medusa's `allow_backorder` of the variant. */
  readonly allowBackorder: boolean
  /** Pieces of the variant in one channel unit, at least 1. */
  readonly packSize: number
  /** Each inventory item once, in any order. */
  readonly components: readonly Component[]
  readonly rule: QuantityRule
  /** Most variant units that may be given now, because other channels may still be showing the rest. `null`: no limit. */
  readonly ceiling: number | null
  /** A guard holds the number: instead, the one before is shown, less what was sold. In channel units. `null`: not held. */
  readonly held: HeldQuantity | null
}

/** What a held number is made of. */
export interface HeldQuantity {
  readonly base: number
  readonly sold: number
}

const COUNTS = ["version", "buffer", "minimum"] as const
const OPTIONAL_COUNTS = ["cap", "backorderQuantity", "unmanagedQuantity"] as const

/** `null` for an input with exactly one quantity; otherwise an `invalid-data` failure that names the field. */
export function checkQuantityInput(input: QuantityInput): HubFailure | null {
  const problem = problemOfFigures(input) ?? problemOfComponents(input.components)
  return problem === null ? null : { kind: "invalid-data", message: `Quantity input: ${problem}.` }
}

function problemOfFigures({ packSize, rule, ceiling, held }: QuantityInput): string | null {
  if (!isWhole(packSize, 1)) {
    return `packSize must be a whole number from 1, not ${packSize}`
  }
  for (const name of COUNTS) {
    if (!isWhole(rule[name], 0)) {
      return `rule.${name} must be a whole number from 0, not ${rule[name]}`
    }
  }
  for (const name of OPTIONAL_COUNTS) {
    const count = rule[name]
    if (count !== null && !isWhole(count, 0)) {
      return `rule.${name} must be null or a whole number from 0, not ${count}`
    }
  }
  return problemOfLimits({ rule, ceiling, held })
}

function problemOfLimits({ rule, ceiling, held }: Pick<QuantityInput, "rule" | "ceiling" | "held">): string | null {
  if (rule.sharePercent !== null && !(isWhole(rule.sharePercent, 0) && rule.sharePercent <= 100)) {
    return `rule.sharePercent must be null or a whole number from 0 to 100, not ${rule.sharePercent}`
  }
  if (ceiling !== null && !isWhole(ceiling, 0)) {
    return `ceiling must be null or a whole number from 0, not ${ceiling}`
  }
  if (held !== null && !(isWhole(held.base, 0) && isWhole(held.sold, 0))) {
    return `held must be null or two whole numbers from 0, not ${held.base} and ${held.sold}`
  }
  return null
}

const isWhole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least

function problemOfComponents(components: readonly Component[]): string | null {
  const repeated = findRepeated(components, (component) => component.inventoryItemId)
  if (repeated !== null) {
    return `components has ${repeated} twice`
  }
  for (const { inventoryItemId, required, levels } of components) {
    const path = `components[${inventoryItemId}]`
    if (!isAmount(required) || required <= 0n) {
      return `${path}.required must be an amount above 0, not ${required}`
    }
    const problem = problemOfLevels(levels)
    if (problem !== null) {
      return `${path}.levels${problem}`
    }
  }
  return null
}

function problemOfLevels(levels: readonly ComponentLevel[]): string | null {
  const repeated = findRepeated(levels, (level) => level.locationId)
  if (repeated !== null) {
    return ` has ${repeated} twice`
  }
  for (const { locationId, stocked, reserved } of levels) {
    if (!isAmount(stocked)) {
      return `[${locationId}].stocked must be an amount, not ${stocked}`
    }
    if (!isAmount(reserved)) {
      return `[${locationId}].reserved must be an amount, not ${reserved}`
    }
  }
  return null
}

/** Also at run time: a number among bigints would throw in the middle of the sum. */
const isAmount = (value: unknown): boolean => typeof value === "bigint" && isInRange(value)

/** An id that occurs twice would count its stock twice. Ascending ids, the usual case, need no set to tell. */
function findRepeated<Entry>(entries: readonly Entry[], idOf: (entry: Entry) => string): string | null {
  let previous: string | null = null
  for (const entry of entries) {
    const id = idOf(entry)
    if (previous !== null && id <= previous) {
      return findRepeatedUnsorted(entries.map(idOf))
    }
    previous = id
  }
  return null
}

function findRepeatedUnsorted(ids: readonly string[]): string | null {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) {
      return id
    }
    seen.add(id)
  }
  return null
}
