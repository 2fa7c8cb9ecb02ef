import type { InventoryItemId, StockLocationId } from "../../types/ids"
import type { HubFailure } from "../errors"
import { ok, type Result } from "../result"
import type { LeaveReason } from "./compute-quantity"
import { decodeExplanation } from "./explanation"
import { deriveSteps, type QuantityStep } from "./explanation-steps"

/** Names for people. `undefined` for what no longer exists: its id is shown then. */
export interface ExplanationNames {
  readonly location: (id: StockLocationId) => string | undefined
  readonly item: (id: InventoryItemId) => string | undefined
}

export type DescribedStep = QuantityStep & {
  /** One line of plain English. */
  readonly text: string
}

/**
 * Tells in words how a stored quantity came about, step by step. The value of the last step is the quantity that was sent;
 * `null` if the channel's number was left alone. Fails as `decodeExplanation` does.
 */
export function describeExplanation(stored: unknown, names: ExplanationNames): Result<DescribedStep[], HubFailure> {
  const input = decodeExplanation(stored)
  return input.ok ? ok(deriveSteps(input.value).map((step) => ({ ...step, text: describeStep(step, names) }))) : input
}

type AvailableStep = Extract<QuantityStep, { readonly code: "available" }>

function describeStep(step: QuantityStep, names: ExplanationNames): string {
  const item = (id: InventoryItemId): string => names.item(id) ?? id
  const place = ({ locationId: id }: { readonly locationId: StockLocationId | null }): string =>
    id === null ? "All locations" : (names.location(id) ?? id)
  switch (step.code) {
    case "available":
      return `${place(step.params)}${step.params.isKit ? `, ${item(step.params.itemId)}` : ""}: ${sumOf(step)}`
    case "not-stocked":
      return `${place(step.params)}, ${item(step.params.itemId)}: not stocked here = 0`
    case "in-all":
      return `All locations, ${item(step.params.itemId)}: ${signed(step.params.available)} available`
    case "enough-for": {
      const { isKit, required, itemId } = step.params
      return `${place(step.params)}: ${isKit ? "kit" : "unit"} needs ${required} × ${item(itemId)}: ${signed(step.value)}`
    }
    case "limited-by": {
      const kits = step.value === 1 ? "kit" : "kits"
      return `${place(step.params)}: ${signed(step.value)} ${kits}, limited by ${item(step.params.itemId)}`
    }
    case "total":
      return `All ${step.params.locationCount} locations: ${signed(step.value)}`
    case "unmanaged":
      return `Inventory is not managed: set to ${step.value}`
    case "left-alone":
      return LEFT_ALONE_TEXTS[step.params.reason]
    default:
      return RULE_TEXTS[step.code](step)
  }
}

function sumOf({ params: { stocked, reserved, available } }: AvailableStep): string {
  return reserved.startsWith("-")
    ? `${signed(stocked)} on hand = ${signed(available)} (reserved cannot be ${signed(reserved)}, counts as 0)`
    : `${signed(stocked)} on hand − ${reserved} reserved = ${signed(available)}`
}

/** With the minus sign that people know, as wide as a digit. */
const signed = (figure: string | number): string => String(figure).replace("-", "−")

type RuleStep = Extract<QuantityStep, { readonly params: { readonly figure: number } }>

const RULE_TEXTS: Readonly<Record<RuleStep["code"], (step: RuleStep) => string>> = {
  oversold: ({ params, value }) => `oversold by ${-params.from} = ${value}`,
  buffer: ({ params, value }) => `− buffer ${params.figure} = ${value}`,
  share: ({ params, value }) => `exclusive share of ${params.figure} % → ${value}`,
  ceiling: ({ params }) => `at most ${params.figure}, until other channels confirm that they show less`,
  pack: ({ params, value }) => `packs of ${params.figure} → ${value}`,
  minimum: ({ params, value }) => `below the minimum of ${params.figure} → ${value}`,
  backorder: ({ params }) => `may be backordered: at least ${params.figure}`,
  cap: ({ params }) => `capped at ${params.figure}`,
  held: ({ params, value }) => `held: what was shown before, less ${params.figure} sold = ${value}`,
}

const LEFT_ALONE_TEXTS: Readonly<Record<LeaveReason, string>> = {
  unmanaged: "Inventory is not managed: the channel's number is left alone",
  "no-components": "The variant has no inventory item: the channel's number is left alone",
  "no-locations": "No location that feeds this channel stocks it: the channel's number is left alone",
}
