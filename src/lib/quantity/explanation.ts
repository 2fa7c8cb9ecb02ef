import type { InventoryItemId, StockLocationId } from "../../types/ids"
import type { HubFailure } from "../errors"
import { err, ok, type Result } from "../result"
import { computeQuantity, type QuantityOutcome } from "./compute-quantity"
import { formatAmount, parseAmount, type Amount } from "./decimal"
import { checkQuantityInput, type Component, type ComponentLevel, type QuantityInput } from "./quantity-input"

/**
 * The input of one computation as it is stored (jsonb): the derivation of a quantity is its input, since the rest follows.
 * `{"v":1,"f":"1 0 3 7 1 0 . . . 0","l":["sloc_a","sloc_b"],"c":{"iitem_a":"2 12/3 ."}}`
 *
 * Figures are texts, because a number takes 12 bytes in jsonb and a digit takes one.
 *
 * `v` names this encoding *and* the formula. Whoever changes what `computeQuantity` answers for any input must raise it and
 * keep the old formula for the old number, or stored explanations will no longer give the quantity that was sent.
 */
export type Explanation = {
  readonly v: typeof PLAIN | typeof LIMITED
  /**
   * managed, allowBackorder, packSize; then of the rule: version, buffer, minimum, cap, backorderQuantity,
   * unmanagedQuantity, assembleAcrossLocations. Version 2 adds sharePercent, ceiling, and of what is held base and sold.
   * Flags are `0` and `1`, `null` is `.`.
   */
  readonly f: string
  /** Ids of all locations, ascending. */
  readonly l: readonly string[]
  /** By id of the inventory item: required, then per location of `l` `stocked/reserved`, or `.` without a level. */
  readonly c: Readonly<Record<string, string>>
}

/** No share, no ceiling, nothing held: nearly every number. */
const PLAIN = 1
const LIMITED = 2
const PLAIN_FIGURES = 10
const LIMITED_FIGURES = 14
const NONE = "."

const compare = (left: string, right: string): number => (left < right ? -1 : 1)

/**
 * The explanation of an input that `computeQuantity` accepts. Equal inputs give equal explanations, in whatever order their
 * components and levels were. A variant of one item at 3 locations takes 199 bytes as JSON and 244 as jsonb, a kit of 5
 * items 435 and 488.
 */
export function encodeExplanation(input: QuantityInput): Explanation {
  const { managed, allowBackorder, packSize, components, rule, ceiling, held } = input
  const locations = locationsOf(components)
  const limits = [rule.sharePercent, ceiling, held?.base ?? null, held?.sold ?? null]
  const isLimited = limits.some((limit) => limit !== null)
  const figures = [
    toFlag(managed),
    toFlag(allowBackorder),
    packSize,
    rule.version,
    rule.buffer,
    rule.minimum,
    rule.cap ?? NONE,
    rule.backorderQuantity ?? NONE,
    rule.unmanagedQuantity ?? NONE,
    toFlag(rule.assembleAcrossLocations),
    ...(isLimited ? limits.map((limit) => limit ?? NONE) : []),
  ]
  return {
    v: isLimited ? LIMITED : PLAIN,
    f: figures.join(" "),
    l: locations,
    c: Object.fromEntries(
      components.map((component) => [component.inventoryItemId, encodeCells(component, locations)])
    ),
  }
}

const toFlag = (value: boolean): string => (value ? "1" : "0")

function locationsOf(components: readonly Component[]): StockLocationId[] {
  const ids = new Set<StockLocationId>()
  for (const { levels } of components) {
    for (const { locationId } of levels) {
      ids.add(locationId)
    }
  }
  return [...ids].sort(compare)
}

function encodeCells({ levels, required }: Component, locations: readonly StockLocationId[]): string {
  const cells = new Map<StockLocationId, string>()
  for (const { locationId, stocked, reserved } of levels) {
    cells.set(locationId, `${formatAmount(stocked)}/${formatAmount(reserved)}`)
  }
  return [formatAmount(required), ...locations.map((id) => cells.get(id) ?? NONE)].join(" ")
}

/** The quantity that was sent, from what was stored about it. Fails like {@link decodeExplanation}. */
export function recompute(stored: unknown): Result<QuantityOutcome, HubFailure> {
  const input = decodeExplanation(stored)
  return input.ok ? computeQuantity(input.value) : input
}

/**
 * Reads an explanation back; the exact inverse of {@link encodeExplanation}, components and levels ascending by id.
 *
 * Fails with `unsupported` for an explanation of another version, with `invalid-data` for anything else that is no
 * explanation of a valid input. Never throws.
 */
export function decodeExplanation(stored: unknown): Result<QuantityInput, HubFailure> {
  if (!isRecord(stored) || typeof stored.v !== "number") {
    return corrupt("is not one")
  }
  if (stored.v !== PLAIN && stored.v !== LIMITED) {
    const message = `Explanation has version ${stored.v}; this hub reads ${PLAIN} and ${LIMITED}.`
    return err({ kind: "unsupported", message })
  }
  const { f, l, c } = stored
  if (typeof f !== "string" || !isTexts(l) || !isRecord(c)) {
    return corrupt("does not have the parts f, l, c")
  }
  const components: Component[] = []
  for (const [itemId, cells] of Object.entries(c).sort(([left], [right]) => compare(left, right))) {
    const component = typeof cells === "string" ? decodeCells(itemId, cells.split(" "), l) : null
    if (component === null) {
      return corrupt(`has an unreadable component ${itemId}`)
    }
    components.push(component)
  }
  const texts = f.split(" ")
  const figures = texts.length === (stored.v === PLAIN ? PLAIN_FIGURES : LIMITED_FIGURES) ? decodeFigures(texts) : null
  return figures === null ? corrupt("has unreadable figures") : checked({ ...figures, components })
}

function decodeFigures(texts: readonly string[]): Omit<QuantityInput, "components"> | null {
  const [managed, allowBackorder, packSize, ...ofRule] = texts
  const [version, buffer, minimum, cap, backorderQuantity, unmanagedQuantity, assembleAcrossLocations, ...limits] =
    ofRule
  const [sharePercent, ceiling, base, sold] = limits.length > 0 ? limits : [NONE, NONE, NONE, NONE]
  if ((base === NONE) !== (sold === NONE) || ![managed, allowBackorder, assembleAcrossLocations].every(isFlag)) {
    return null
  }
  return {
    managed: managed === "1",
    allowBackorder: allowBackorder === "1",
    packSize: readCount(packSize),
    rule: {
      version: readCount(version),
      buffer: readCount(buffer),
      minimum: readCount(minimum),
      cap: readOptionalCount(cap),
      backorderQuantity: readOptionalCount(backorderQuantity),
      sharePercent: readOptionalCount(sharePercent),
      unmanagedQuantity: readOptionalCount(unmanagedQuantity),
      assembleAcrossLocations: assembleAcrossLocations === "1",
    },
    ceiling: readOptionalCount(ceiling),
    held: base === NONE ? null : { base: readCount(base), sold: readCount(sold) },
  }
}

const isFlag = (text: string | undefined): boolean => text === "0" || text === "1"

/** `NaN` for what is no number as we write it: the check of the input refuses it and names the field. */
const readCount = (text: string | undefined): number => (String(Number(text)) === text ? Number(text) : NaN)

const readOptionalCount = (text: string | undefined): number | null => (text === NONE ? null : readCount(text))

function decodeCells(itemId: string, cells: readonly string[], locations: readonly string[]): Component | null {
  const [storedRequired, ...storedLevels] = cells
  const required = readAmount(storedRequired)
  if (required === null || storedLevels.length !== locations.length) {
    return null
  }
  const levels: ComponentLevel[] = []
  for (const [index, locationId] of locations.entries()) {
    const cell = storedLevels[index]
    if (cell === NONE) {
      continue
    }
    const [storedStocked, storedReserved, ...rest] = cell?.split("/") ?? []
    const stocked = readAmount(storedStocked)
    const reserved = readAmount(storedReserved)
    if (stocked === null || reserved === null || rest.length > 0) {
      return null
    }
    levels.push({ locationId: locationId as StockLocationId, stocked, reserved })
  }
  return { inventoryItemId: itemId as InventoryItemId, required, levels }
}

/** Only the form that we write: an amount that would be rounded was not sent by us. */
function readAmount(text: string | undefined): Amount | null {
  const amount = parseAmount(text ?? "", "down")
  return amount.ok && formatAmount(amount.value) === text ? amount.value : null
}

function checked(input: QuantityInput): Result<QuantityInput, HubFailure> {
  const failure = checkQuantityInput(input)
  return failure === null ? ok(input) : err(failure)
}

const corrupt = (problem: string): Result<never, HubFailure> =>
  err({ kind: "invalid-data", message: `Stored explanation ${problem}.` })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string")
