import { isSame, parseDecimal, type Fraction } from "../../lib/money"
import type { PlannedCredit } from "./plan-money"
import type { OrderEdit, PlannedLine } from "./plan-order"

/** A line of the order in Medusa as it is now. Amounts are decimal texts. */
export interface CurrentLine {
  readonly id: string
  /** The line was made from a channel's order, and not added by a person in Medusa. */
  readonly isOurs: boolean
  readonly quantity: string
  readonly fulfilled: string
  readonly unitPrice: string
  readonly adjustments: readonly { readonly amount: string }[]
  readonly taxLines: readonly { readonly code: string; readonly rate: string }[]
}

export interface CurrentOrder {
  readonly lines: readonly CurrentLine[]
  readonly creditReferences: readonly string[]
}

/** What has to be changed so that the order in Medusa has what the channel's has. */
export interface EditSteps {
  /** Lines that the order does not have. */
  readonly add: readonly PlannedLine[]
  /** Lines that shall have another quantity, price or discount. */
  readonly update: readonly PlannedLine[]
  /** Lines that nobody wants any more. */
  readonly remove: readonly string[]
  readonly credits: readonly PlannedCredit[]
  readonly changesTaxes: boolean
}

const valueOf = (text: string): Fraction | null => {
  const value = parseDecimal(text)
  return value.ok ? value.value : null
}

/** Numbers that were written to the database and read again have lost digits beyond the twentieth. */
function isAlike(a: string, b: string): boolean {
  const [x, y] = [valueOf(a), valueOf(b)]
  if (x === null || y === null) {
    return false
  }
  const difference = x.top * y.bottom - y.top * x.bottom
  return isSame(x, y) || (difference < 0n ? -difference : difference) * 1_000_000_000n < x.bottom * y.bottom
}

const areAlike = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => isAlike(text, b[index] ?? ""))

const hasSameTaxes = (current: CurrentLine, wanted: PlannedLine): boolean => {
  const sorted = (lines: readonly { readonly code: string; readonly rate: string }[]) =>
    [...lines].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const [now, then] = [sorted(current.taxLines), sorted(wanted.tax_lines)]
  return (
    now.length === then.length &&
    now.every((line, index) => {
      const other = then[index]
      return other !== undefined && line.code === other.code && isAlike(line.rate, other.rate)
    })
  )
}

const isEqual = (current: CurrentLine, wanted: PlannedLine): boolean =>
  isAlike(current.quantity, String(wanted.quantity)) &&
  isAlike(current.unitPrice, wanted.unit_price) &&
  areAlike(
    [...current.adjustments].map(({ amount }) => amount).sort(),
    [...wanted.adjustments].map(({ amount }) => amount).sort()
  )

/**
 * Compares an order in Medusa with what it shall have. What a person added in Medusa stays, and what was sent stays. Planned
 * again after it was carried out, there is nothing to change. Pure.
 */
export function planEdit(current: CurrentOrder, edit: OrderEdit, credits: readonly PlannedCredit[]): EditSteps {
  const byId = new Map(current.lines.map((line) => [line.id, line]))
  const wanted = new Set(edit.lines.map(({ id }) => id))
  const known = edit.lines.flatMap((line) => {
    const now = byId.get(line.id)
    return now ? [{ now, line }] : []
  })
  return {
    add: edit.lines.filter(({ id }) => !byId.has(id)),
    update: known.filter(({ now, line }) => !isEqual(now, line)).map(({ line }) => line),
    remove: current.lines
      .filter((line) => line.isOurs && !wanted.has(line.id) && !edit.untouched.includes(line.id))
      .filter((line) => isAlike(line.fulfilled, "0"))
      .map(({ id }) => id),
    credits: credits.filter(({ reference_id }) => !current.creditReferences.includes(reference_id)),
    changesTaxes: known.some(({ now, line }) => !hasSameTaxes(now, line)),
  }
}
