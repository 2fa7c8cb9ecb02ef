import type { StockLocationId } from "../../types/ids"
import type { HubFailure } from "../errors"
import { err, ok, type Result } from "../result"
import { addAmounts, amountOf, divideDown, subtractAmounts, toSafeInteger, type Amount } from "./decimal"
import { checkQuantityInput, type Component, type ComponentLevel, type QuantityInput } from "./quantity-input"

/** Why no number is known. The channel keeps the one that it shows, which may be too high: it needs a person, not a zero. */
export type LeaveReason = "unmanaged" | "no-components" | "no-locations"

export type QuantityOutcome =
  | {
      readonly kind: "show"
      /** Whole channel units, from 0 to 2^53 − 1. */
      readonly quantity: number
      /** Variant units that are promised but not there; 0 when all is well. */
      readonly oversoldBy: number
    }
  | { readonly kind: "leave"; readonly reason: LeaveReason }

/** One rule on the way from the units that are there to the quantity that is shown. */
export interface Stage {
  readonly code: "oversold" | "buffer" | "share" | "ceiling" | "pack" | "minimum" | "backorder" | "cap" | "held"
  /** The rule's own figure, for example the buffer. */
  readonly figure: (input: QuantityInput) => number
  readonly apply: (value: number, figure: number, input: QuantityInput) => number
}

const CAP: Stage = {
  code: "cap",
  figure: ({ rule }) => rule.cap ?? Number.MAX_SAFE_INTEGER,
  apply: (value, cap) => Math.min(value, cap),
}

/** Stands in for everything before it: while a guard holds a number, the one before is shown, less what was sold. */
const HELD: Stage = {
  code: "held",
  figure: ({ held }) => held?.sold ?? 0,
  apply: (value, sold, { held }) => (held === null ? value : Math.max(held.base - sold, 0)),
}

/**
 * In the order in which they apply. Before `pack` a value counts variant units, after it channel units.
 *
 * Backorder comes after the minimum, because the minimum guards the last pieces on the shelf and a backorder takes none
 * of them. The cap comes after all of them, because it is a promise about every number that the rules give. What a guard
 * holds is no number of theirs.
 */
const STAGES: readonly Stage[] = [
  { code: "oversold", figure: () => 0, apply: (value, least) => Math.max(value, least) },
  { code: "buffer", figure: ({ rule }) => rule.buffer, apply: (value, buffer) => Math.max(value - buffer, 0) },
  {
    code: "share",
    figure: ({ rule }) => rule.sharePercent ?? 100,
    // In parts, because the product of two large figures would lose digits.
    apply: (value, percent) => Math.floor(value / 100) * percent + Math.floor(((value % 100) * percent) / 100),
  },
  {
    code: "ceiling",
    figure: ({ ceiling }) => ceiling ?? Number.MAX_SAFE_INTEGER,
    apply: (value, ceiling) => Math.min(value, ceiling),
  },
  { code: "pack", figure: ({ packSize }) => packSize, apply: (value, packSize) => Math.floor(value / packSize) },
  { code: "minimum", figure: ({ rule }) => rule.minimum, apply: (value, minimum) => (value < minimum ? 0 : value) },
  {
    code: "backorder",
    figure: ({ allowBackorder, rule }) => (allowBackorder ? (rule.backorderQuantity ?? 0) : 0),
    apply: (value, least) => Math.max(value, least),
  },
  CAP,
  HELD,
]

/** Of a variant without managed inventory nothing is counted, so that of all rules only the cap says something. */
const UNMANAGED_STAGES: readonly Stage[] = [CAP, HELD]

export const stagesOf = (input: QuantityInput): readonly Stage[] => (input.managed ? STAGES : UNMANAGED_STAGES)

/**
 * Answers how many channel units of a listing its channel may show at one external location.
 *
 * Exact and pure: the same input gives the same quantity for ever, whatever the order of components and locations. More
 * stock never lowers it; more reserved stock or buffer never raises it; `quantity × packSize + buffer` is never more than
 * there is, apart from backorders and from what a guard holds. Unknown is never zero: without components or locations the answer is `leave`.
 *
 * Fails with `invalid-data`, naming the field, if the input is not what `QuantityInput` says. Never throws.
 */
export function computeQuantity(input: QuantityInput): Result<QuantityOutcome, HubFailure> {
  const failure = checkQuantityInput(input)
  if (failure !== null) {
    return err(failure)
  }
  const start = findStart(input)
  if (typeof start === "string") {
    return ok({ kind: "leave", reason: start })
  }
  let quantity = start
  for (const stage of stagesOf(input)) {
    quantity = stage.apply(quantity, stage.figure(input), input)
  }
  return ok({ kind: "show", quantity, oversoldBy: start < 0 ? -start : 0 })
}

/** The value that the stages begin with (variant units; channel units if unmanaged), or why there is none. */
export function findStart({ managed, components, rule }: QuantityInput): number | LeaveReason {
  if (!managed) {
    return rule.unmanagedQuantity ?? "unmanaged"
  }
  if (components.length === 0) {
    return "no-components"
  }
  if (components.every((component) => component.levels.length === 0)) {
    return "no-locations"
  }
  return toSafeInteger(rule.assembleAcrossLocations ? countAssembled(components) : countPerLocation(components))
}

/**
 * On hand − reserved; below 0 when more is promised than there is.
 *
 * Medusa can leave a reserved quantity below 0 behind (medusa#12401). It counts as 0, because more than what is on hand
 * cannot be there.
 */
export const availableOf = ({ stocked, reserved }: ComponentLevel): Amount =>
  reserved > 0n ? subtractAmounts(stocked, reserved) : stocked

/** What is available of the item at all its locations together. */
export const availableInAll = (component: Component): Amount =>
  component.levels.reduce((sum, level) => addAmounts(sum, availableOf(level)), NOTHING)

const NOTHING = amountOf(0)

const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right)

const countAssembled = (components: readonly Component[]): bigint =>
  components.map((component) => divideDown(availableInAll(component), component.required)).reduce(smaller)

/** A deficit at one location is taken off what the others have, because its order will be filled from somewhere. */
function countPerLocation(components: readonly Component[]): bigint {
  let total = 0n
  for (const { units } of unitsByLocation(components).values()) {
    total += units
  }
  return total
}

interface LocationUnits {
  /** Units of the variant that can be put together here; below 0 the units that are missing. */
  units: bigint
  /** How many of the components have a level here. */
  stockedComponents: number
}

/** A component without a level at a location counts as 0 there: nothing is there, and nothing is missing. */
export function unitsByLocation(components: readonly Component[]): ReadonlyMap<StockLocationId, LocationUnits> {
  const locations = new Map<StockLocationId, LocationUnits>()
  for (const { levels, required } of components) {
    for (const level of levels) {
      const units = divideDown(availableOf(level), required)
      const location = locations.get(level.locationId)
      if (location === undefined) {
        locations.set(level.locationId, { units, stockedComponents: 1 })
      } else {
        location.units = smaller(location.units, units)
        location.stockedComponents += 1
      }
    }
  }
  for (const location of locations.values()) {
    if (location.stockedComponents < components.length) {
      location.units = smaller(location.units, 0n)
    }
  }
  return locations
}
