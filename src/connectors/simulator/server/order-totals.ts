import type { LineMoney, OrderParts } from "./order-parts"

/** Amounts have at most four decimals. */
const SCALE = 4

function unitsOf(amount: string): bigint {
  const [whole = "0", fraction = ""] = amount.split(".")
  return BigInt(whole + fraction.padEnd(SCALE, "0"))
}

function textOf(units: bigint): string {
  const digits = String(units).padStart(SCALE + 1, "0")
  const text = `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`
  return text.replace(/0{1,2}$/, "")
}

/** What lines with taxes and discounts come to, only who made them can tell. */
const isPlain = (line: LineMoney): boolean => line.total !== undefined || (!line.taxes && !line.discounts)

interface Sold {
  readonly lines: readonly (LineMoney & { readonly unit_price: string; readonly quantity: number })[]
  readonly parts: OrderParts
}

/** What an order comes to, as ordered: what the shopper said, or the sum of its lines. Undefined when neither tells. */
export function totalsOf({ lines, parts }: Sold): OrderParts["totals"] {
  const shipping = parts.shipping_lines ?? []
  if (parts.totals !== undefined || parts.discounts !== undefined || ![...lines, ...shipping].every(isPlain)) {
    return parts.totals
  }
  const sum = [
    ...lines.map((line) =>
      line.total === undefined ? unitsOf(line.unit_price) * BigInt(line.quantity) : unitsOf(line.total)
    ),
    ...shipping.map((line) => unitsOf(line.total ?? line.price)),
  ].reduce((total, one) => total + one, 0n)
  return { total: textOf(sum) }
}
