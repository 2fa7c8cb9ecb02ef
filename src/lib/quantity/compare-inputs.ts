import { formatAmount, type Amount } from "./decimal"
import type { Component, QuantityInput, QuantityRule } from "./quantity-input"

/** One thing that is another now than it was when the number before was computed. Amounts are decimal texts. */
export interface InputChange {
  readonly code: "stocked" | "reserved" | "level" | "component" | "required" | "pack" | "rule" | "variant" | "limit"
  /** Inventory item, where it is about one. */
  readonly itemId: string | null
  readonly locationId: string | null
  /** Name of the rule's or the variant's field, where it is about one. */
  readonly field: string | null
  /** Null: there was none, or there is none now. */
  readonly from: string | null
  readonly to: string | null
}

type Where = Pick<InputChange, "itemId" | "locationId" | "field">

const NOWHERE: Where = { itemId: null, locationId: null, field: null }

const change = (
  code: InputChange["code"],
  values: readonly [string | null, string | null],
  where: Partial<Where> = {}
): InputChange[] => (values[0] === values[1] ? [] : [{ code, ...NOWHERE, ...where, from: values[0], to: values[1] }])

const text = (value: number | boolean | null): string | null => (value === null ? null : String(value))
const amount = (value: Amount | undefined): string | null => (value === undefined ? null : formatAmount(value))

const RULE_FIELDS = [
  "buffer",
  "minimum",
  "cap",
  "sharePercent",
  "backorderQuantity",
  "unmanagedQuantity",
  "assembleAcrossLocations",
] as const satisfies readonly (keyof QuantityRule)[]

function compareLevels(before: Component, after: Component): InputChange[] {
  const places = new Set([...before.levels, ...after.levels].map(({ locationId }) => locationId))
  return [...places].flatMap((locationId) => {
    const old = before.levels.find((level) => level.locationId === locationId)
    const now = after.levels.find((level) => level.locationId === locationId)
    const where = { itemId: after.inventoryItemId, locationId }
    if (!old || !now) {
      return change("level", [amount(old?.stocked), amount(now?.stocked)], where)
    }
    return [
      ...change("stocked", [amount(old.stocked), amount(now.stocked)], where),
      ...change("reserved", [amount(old.reserved), amount(now.reserved)], where),
    ]
  })
}

function compareComponents(before: readonly Component[], after: readonly Component[]): InputChange[] {
  const ids = new Set([...before, ...after].map(({ inventoryItemId }) => inventoryItemId))
  return [...ids].flatMap((itemId) => {
    const old = before.find((component) => component.inventoryItemId === itemId)
    const now = after.find((component) => component.inventoryItemId === itemId)
    return old && now
      ? [...change("required", [amount(old.required), amount(now.required)], { itemId }), ...compareLevels(old, now)]
      : change("component", [amount(old?.required), amount(now?.required)], { itemId })
  })
}

/** What made a number another one, or would have: everything in which two inputs differ. Equal inputs have no changes. */
export function compareInputs(before: QuantityInput, after: QuantityInput): InputChange[] {
  return [
    ...compareComponents(before.components, after.components),
    ...change("pack", [text(before.packSize), text(after.packSize)]),
    ...RULE_FIELDS.flatMap((field) => change("rule", [text(before.rule[field]), text(after.rule[field])], { field })),
    ...change("variant", [text(before.managed), text(after.managed)], { field: "managed" }),
    ...change("variant", [text(before.allowBackorder), text(after.allowBackorder)], { field: "allowBackorder" }),
    ...change("limit", [text(before.ceiling), text(after.ceiling)], { field: "ceiling" }),
    ...change("limit", [text(before.held?.base ?? null), text(after.held?.base ?? null)], { field: "held" }),
  ]
}
