import type { InventoryItemId, StockLocationId } from "../../types/ids"
import { availableInAll, availableOf, findStart, stagesOf, unitsByLocation } from "./compute-quantity"
import type { LeaveReason, Stage } from "./compute-quantity"
import { amountOf, divideDown, formatAmount, toSafeInteger, wholeUnits, type Amount } from "./decimal"
import type { Component, ComponentLevel, QuantityInput } from "./quantity-input"

interface Step<Code extends string, Params, Value = number> {
  readonly code: Code
  readonly params: Params
  /** The figure that the step arrives at. */
  readonly value: Value
}

interface AtLocation {
  readonly locationId: StockLocationId
}

interface AtLocationOrInAll {
  /** `null`: all locations together. */
  readonly locationId: StockLocationId | null
}

interface OfItem {
  readonly itemId: InventoryItemId
  /** Whether the variant consists of more items than this one. */
  readonly isKit: boolean
}

interface OfLevel extends AtLocation, OfItem {
  readonly stocked: string
  readonly reserved: string
  readonly available: string
}

/**
 * One step of a derivation, for whoever translates or draws it: a code with parameters. Amounts are exact decimal texts.
 *
 * - `available`: what a location has of an item. `not-stocked`: the location has no level of it.
 * - `in-all`: what all locations together have of an item, where parts may come from different ones.
 * - `enough-for`: units of the variant that the item is enough for.
 * - `limited-by`: units of a kit, and the item that decides them.
 * - `total`: units of the variant at all locations.
 * - `oversold` … `held`: the rules in the order of their application; only those that changed the figure.
 * - `unmanaged`: the set quantity of a variant without managed inventory.
 * - `left-alone`: no quantity is known, the channel keeps its own.
 */
export type QuantityStep =
  | Step<"available", OfLevel>
  | Step<"not-stocked", AtLocation & OfItem>
  | Step<"in-all", OfItem & { readonly available: string }>
  | Step<"enough-for", AtLocationOrInAll & OfItem & { readonly required: string }>
  | Step<"limited-by", AtLocationOrInAll & OfItem>
  | Step<"total", { readonly locationCount: number }>
  | Step<Stage["code"], { readonly from: number; readonly figure: number }>
  | Step<"unmanaged", { readonly quantity: number }>
  | Step<"left-alone", { readonly reason: LeaveReason }, null>

/**
 * The derivation of a valid input. The value of the last step is what `computeQuantity` answers: the quantity, or `null`
 * where the channel's number is left alone.
 */
export function deriveSteps(input: QuantityInput): QuantityStep[] {
  const start = findStart(input)
  if (typeof start === "string") {
    return [{ code: "left-alone", params: { reason: start }, value: null }]
  }
  return [...stepsToStart(input, start), ...stagesFrom(start, input)]
}

function stagesFrom(start: number, input: QuantityInput): QuantityStep[] {
  let from = start
  return stagesOf(input).flatMap(({ code, figure: figureOf, apply }) => {
    const figure = figureOf(input)
    const value = apply(from, figure, input)
    const step: QuantityStep = { code, params: { from, figure }, value }
    const hasEffect = value !== from
    from = value
    return hasEffect ? [step] : []
  })
}

function stepsToStart({ managed, components, rule }: QuantityInput, start: number): QuantityStep[] {
  if (!managed) {
    return [{ code: "unmanaged", params: { quantity: start }, value: start }]
  }
  return rule.assembleAcrossLocations ? assembledSteps(components, start) : perLocationSteps(components, start)
}

function assembledSteps(components: readonly Component[], start: number): QuantityStep[] {
  const isKit = components.length > 1
  const steps = components.flatMap((component): QuantityStep[] => {
    const itemId = component.inventoryItemId
    const levels = component.levels.map((level) => availableStep(level, { itemId, isKit }))
    const available = formatAmount(availableInAll(component))
    const inAll: QuantityStep = { code: "in-all", params: { itemId, isKit, available }, value: Number(available) }
    const enoughFor = enoughForSteps(component, { available: availableInAll(component), locationId: null, isKit })
    return [...levels, ...(levels.length === 1 ? [] : [inAll]), ...enoughFor]
  })
  const scarcest = components.find((component) => wholeUnits(availableInAll(component), component.required) === start)
  return isKit && scarcest
    ? [
        ...steps,
        { code: "limited-by", params: { itemId: scarcest.inventoryItemId, isKit, locationId: null }, value: start },
      ]
    : steps
}

function perLocationSteps(components: readonly Component[], start: number): QuantityStep[] {
  const locations = [...unitsByLocation(components)].sort(([left], [right]) => (left < right ? -1 : 1))
  const steps = locations.flatMap(([locationId, { units }]) => stepsAt(locationId, units, components))
  const locationCount = locations.length
  return locationCount > 1 ? [...steps, { code: "total", params: { locationCount }, value: start }] : steps
}

function stepsAt(locationId: StockLocationId, units: bigint, components: readonly Component[]): QuantityStep[] {
  const isKit = components.length > 1
  const steps: QuantityStep[] = []
  let scarcest: InventoryItemId | null = null
  for (const component of components) {
    const itemId = component.inventoryItemId
    const level = component.levels.find((candidate) => candidate.locationId === locationId)
    if (level === undefined) {
      steps.push({ code: "not-stocked", params: { locationId, itemId, isKit }, value: 0 })
    } else {
      const available = availableOf(level)
      steps.push(availableStep(level, { itemId, isKit }))
      steps.push(...enoughForSteps(component, { available, locationId, isKit }))
    }
    const itemUnits = level === undefined ? 0n : divideDown(availableOf(level), component.required)
    scarcest ??= itemUnits === units ? itemId : null
  }
  return isKit && scarcest !== null
    ? [...steps, { code: "limited-by", params: { locationId, itemId: scarcest, isKit }, value: toSafeInteger(units) }]
    : steps
}

function availableStep(level: ComponentLevel, item: OfItem): QuantityStep {
  const available = formatAmount(availableOf(level))
  const stocked = formatAmount(level.stocked)
  const reserved = formatAmount(level.reserved)
  return {
    code: "available",
    params: { ...item, locationId: level.locationId, stocked, reserved, available },
    value: Number(available),
  }
}

/** No step where it would only repeat the figure, as for the item that a variant needs one of. */
function enoughForSteps(
  { inventoryItemId, required }: Component,
  { available, ...where }: AtLocationOrInAll & { readonly available: Amount; readonly isKit: boolean }
): QuantityStep[] {
  const value = wholeUnits(available, required)
  const params = { ...where, itemId: inventoryItemId, required: formatAmount(required) }
  return amountOf(value) === available ? [] : [{ code: "enough-for", params, value }]
}
