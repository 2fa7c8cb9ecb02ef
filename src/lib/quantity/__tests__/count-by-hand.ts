import type { Scenario } from "./scenario"

/** What a person with a trolley would answer. `null`: nobody can know. */
export interface CountedByHand {
  /** Variant units on the shelves before any rule; below 0 the units that are missing. `null` where nothing is counted. */
  readonly units: number | null
  readonly quantity: number | null
}

/**
 * The oracle: takes one kit after the other off the shelves, puts the buffer aside piece by piece, ties pack after pack.
 *
 * It has no division, no minimum and no sum of quotients, and shares no line with the code under test.
 */
export function countByHand(scenario: Scenario): CountedByHand {
  if (!scenario.managed) {
    const quantity = scenario.rule.unmanagedQuantity
    return {
      units: null,
      quantity: quantity === null ? null : (countHeld(scenario) ?? removeDownTo(scenario.rule.cap, quantity)),
    }
  }
  if (!scenario.components.some(({ levels }) => levels.some((level) => level !== null))) {
    return { units: null, quantity: null }
  }
  const units = countUnits(scenario)
  return { units, quantity: countHeld(scenario) ?? applyRules(units, scenario) }
}

/** Takes the sold pieces off what was shown before, one by one. `null` where nothing is held. */
function countHeld({ held }: Scenario): number | null {
  if (held === null) {
    return null
  }
  let shown = held.base
  for (let sold = 0; sold < held.sold && shown > 0; sold += 1) {
    shown -= 1
  }
  return shown
}

/** Deals hundredths out, to the share as long as the percent last; only whole pieces count. */
function dealShare(pieces: number, percent: number): number {
  let hundredths = 0
  for (let piece = 0; piece < pieces; piece += 1) {
    hundredths += percent
  }
  let share = 0
  while (hundredths >= 100) {
    hundredths -= 100
    share += 1
  }
  return share
}

function countUnits({ components, rule }: Scenario): number {
  const required = components.map((component) => component.required)
  const shelvesByLocation = (components[0]?.levels ?? []).map((_, location) =>
    components.map(({ levels }) => {
      const [stocked, reserved] = levels[location] ?? [0, 0]
      return reserved > 0 ? stocked - reserved : stocked
    })
  )
  if (!rule.assembleAcrossLocations) {
    return shelvesByLocation.map((shelves) => takeKits(shelves, required)).reduce((sum, kits) => sum + kits, 0)
  }
  const heap = required.map((_, item) => shelvesByLocation.reduce((sum, shelves) => sum + (shelves[item] ?? 0), 0))
  return takeKits(heap, required)
}

/** Takes whole kits while every shelf has enough; where shelves are in debt, brings whole kits until none is. */
function takeKits(shelves: readonly number[], required: readonly number[]): number {
  let left = [...shelves]
  let kits = 0
  while (left.every((amount, item) => amount >= (required[item] ?? 0))) {
    left = left.map((amount, item) => amount - (required[item] ?? 0))
    kits += 1
  }
  while (left.some((amount) => amount < 0)) {
    left = left.map((amount, item) => amount + (required[item] ?? 0))
    kits -= 1
  }
  return kits
}

function applyRules(units: number, { packSize, allowBackorder, rule, ceiling }: Scenario): number {
  let pieces = units
  for (let kept = 0; kept < rule.buffer && pieces > 0; kept += 1) {
    pieces -= 1
  }
  if (rule.sharePercent !== null) {
    pieces = dealShare(Math.max(pieces, 0), rule.sharePercent)
  }
  pieces = removeDownTo(ceiling, pieces)
  let packs = 0
  while (pieces >= packSize) {
    pieces -= packSize
    packs += 1
  }
  if (packs < rule.minimum) {
    packs = 0
  }
  while (allowBackorder && rule.backorderQuantity !== null && packs < rule.backorderQuantity) {
    packs += 1
  }
  return removeDownTo(rule.cap, packs)
}

function removeDownTo(cap: number | null, quantity: number): number {
  let left = quantity
  while (cap !== null && left > cap) {
    left -= 1
  }
  return left
}
