import type { InventoryItemId, StockLocationId } from "../../types/ids"
import type { HubFailure } from "../errors"
import { err, ok, type Result } from "../result"
import { computeQuantity, type QuantityOutcome } from "./compute-quantity"
import { formatAmount, parseAmount, type Amount } from "./decimal"
import { checkQuantityInput, type Component, type ComponentLevel, type QuantityInput } from "./quantity-input"

/** A number for whole units, decimal text for others, so that every amount survives JSON exactly. */
type StoredAmount = number | string

type StoredFlag = 0 | 1

/**
 * The input of one computation as it is stored (jsonb): the derivation of a quantity is its input, since the rest follows.
 *
 * `v` names this encoding *and* the formula. Whoever changes what `computeQuantity` answers for any input must raise it and
 * keep the old formula for the old number, or stored explanations will no longer give the quantity that was sent.
 */
export type Explanation = {
  readonly v: typeof VERSION
  /** Variant: managed, allowBackorder, packSize. */
  readonly u: readonly [StoredFlag, StoredFlag, number]
  /** Rule: version, buffer, minimum, cap, backorderQuantity, unmanagedQuantity, assembleAcrossLocations. */
  readonly r: readonly [number, number, number, number | null, number | null, number | null, StoredFlag]
  /** Ids of all locations, ascending. */
  readonly l: readonly string[]
  /** Per component, ascending by id: id, required, then per location of `l` stocked and reserved; both null if not there. */
  readonly c: readonly (readonly [string, StoredAmount, ...(StoredAmount | null)[]])[]
}

const VERSION = 1

const toFlag = (value: boolean): StoredFlag => (value ? 1 : 0)

const compare = (left: string, right: string): number => (left < right ? -1 : 1)

/**
 * The explanation of an input that `computeQuantity` accepts. Equal inputs give equal explanations, in whatever order their
 * components and levels were. As JSON, a variant of one item at 3 locations takes 214 bytes, a kit of 5 items 442.
 */
export function encodeExplanation({ managed, allowBackorder, packSize, components, rule }: QuantityInput): Explanation {
  const locations = locationsOf(components)
  return {
    v: VERSION,
    u: [toFlag(managed), toFlag(allowBackorder), packSize],
    r: [
      rule.version,
      rule.buffer,
      rule.minimum,
      rule.cap,
      rule.backorderQuantity,
      rule.unmanagedQuantity,
      toFlag(rule.assembleAcrossLocations),
    ],
    l: locations,
    c: components
      .map((component) => encodeComponent(component, locations))
      .sort(([left], [right]) => compare(left, right)),
  }
}

function locationsOf(components: readonly Component[]): StockLocationId[] {
  const ids = new Set<StockLocationId>()
  for (const { levels } of components) {
    for (const { locationId } of levels) {
      ids.add(locationId)
    }
  }
  return [...ids].sort(compare)
}

function encodeComponent(component: Component, locations: readonly StockLocationId[]): Explanation["c"][number] {
  const levels = new Map(component.levels.map((level) => [level.locationId, level]))
  const cells: (StoredAmount | null)[] = []
  for (const id of locations) {
    const level = levels.get(id)
    cells.push(level ? storeAmount(level.stocked) : null, level ? storeAmount(level.reserved) : null)
  }
  return [component.inventoryItemId, storeAmount(component.required), ...cells]
}

function storeAmount(amount: Amount): StoredAmount {
  const text = formatAmount(amount)
  return text.includes(".") ? text : Number(text)
}

/** The quantity that was sent, from what was stored about it. Fails like {@link decodeExplanation}. */
export function recompute(stored: unknown): Result<QuantityOutcome, HubFailure> {
  const input = decodeExplanation(stored)
  return input.ok ? computeQuantity(input.value) : input
}

/**
 * Reads an explanation back; the exact inverse of {@link encodeExplanation}, components and levels ascending by id.
 *
 * Fails with `unsupported` for an explanation of another version, with `invalid-data` for anything else that
 * is no explanation of a valid input.
 */
export function decodeExplanation(stored: unknown): Result<QuantityInput, HubFailure> {
  if (!isRecord(stored) || typeof stored.v !== "number") {
    return corrupt("is not one")
  }
  if (stored.v !== VERSION) {
    return err({ kind: "unsupported", message: `Explanation has version ${stored.v}; this hub reads ${VERSION}.` })
  }
  const { u, r, l, c } = stored
  if (!isArray(u) || u.length !== 3 || !isArray(r) || r.length !== 7 || !isTexts(l) || !isArray(c)) {
    return corrupt("does not have the parts u, r, l, c")
  }
  const flags = [u[0], u[1], r[6]]
  if (!flags.every((flag) => flag === 0 || flag === 1)) {
    return corrupt("has a flag other than 0 and 1")
  }
  const components: Component[] = []
  for (const row of c) {
    const component = decodeComponent(row, l)
    if (component === null) {
      return corrupt(`has an unreadable component ${components.length}`)
    }
    components.push(component)
  }
  return checked({
    managed: u[0] === 1,
    allowBackorder: u[1] === 1,
    packSize: asNumber(u[2]),
    components,
    rule: asRule(r),
  })
}

function asRule(stored: readonly unknown[]): QuantityInput["rule"] {
  const [version, buffer, minimum, cap, backorderQuantity, unmanagedQuantity, assembleAcrossLocations] = stored
  return {
    version: asNumber(version),
    buffer: asNumber(buffer),
    minimum: asNumber(minimum),
    cap: asNumberOrNull(cap),
    backorderQuantity: asNumberOrNull(backorderQuantity),
    unmanagedQuantity: asNumberOrNull(unmanagedQuantity),
    assembleAcrossLocations: assembleAcrossLocations === 1,
  }
}

function decodeComponent(row: unknown, locations: readonly string[]): Component | null {
  if (!isArray(row) || row.length !== 2 + 2 * locations.length) {
    return null
  }
  const [itemId, storedRequired] = row
  const required = readAmount(storedRequired)
  if (typeof itemId !== "string" || required === null) {
    return null
  }
  const levels: ComponentLevel[] = []
  for (const [index, locationId] of locations.entries()) {
    const storedStocked = row[2 + 2 * index]
    const storedReserved = row[3 + 2 * index]
    if (storedStocked === null && storedReserved === null) {
      continue
    }
    const stocked = readAmount(storedStocked)
    const reserved = readAmount(storedReserved)
    if (stocked === null || reserved === null) {
      return null
    }
    levels.push({ locationId: locationId as StockLocationId, stocked, reserved })
  }
  return { inventoryItemId: itemId as InventoryItemId, required, levels }
}

/** Only what `storeAmount` writes: a rounded or reformatted amount was not sent by us. */
function readAmount(stored: unknown): Amount | null {
  if (typeof stored !== "string" && typeof stored !== "number") {
    return null
  }
  const amount = parseAmount(stored, "down")
  return amount.ok && storeAmount(amount.value) === stored ? amount.value : null
}

function checked(input: QuantityInput): Result<QuantityInput, HubFailure> {
  const failure = checkQuantityInput(input)
  return failure === null ? ok(input) : err(failure)
}

const corrupt = (problem: string): Result<never, HubFailure> =>
  err({ kind: "invalid-data", message: `Stored explanation ${problem}.` })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const isTexts = (value: unknown): value is readonly string[] =>
  isArray(value) && value.every((entry) => typeof entry === "string")

/** `NaN` for what is no number: the check of the input refuses it and names the field. */
const asNumber = (value: unknown): number => (typeof value === "number" ? value : NaN)

const asNumberOrNull = (value: unknown): number | null => (value === null ? null : asNumber(value))
