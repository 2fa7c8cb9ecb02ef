import type { HubFailure } from "../../lib/errors"
import { formatMoney, parseDecimal, plus, roundTo, ZERO, type Fraction } from "../../lib/money"
import { ok, type Result } from "../../lib/result"
import type { ExternalOrder } from "../../types/channel-order"
import type { TotalsCheck, TotalsCheckLine, TotalsDifference } from "../../types/order-check"
import { readMoney, totalOf, type ReadLine } from "./plan-money-input"

/** What Medusa's own code makes of an order, as decimal texts that are not rounded. */
export interface MedusaTotals {
  readonly total: string
  readonly tax: string
  /** Discounts and postage in the terms of the prices: with tax where prices are with tax. */
  readonly discount: string
  readonly shipping: string
  /** By the channel's line. */
  readonly lines: Readonly<Record<string, string>>
  readonly shippingLines: Readonly<Record<string, string>>
}

class Comparison {
  readonly differences: TotalsDifference[] = []

  constructor(private readonly decimals: number) {}

  medusa(text: string | undefined): Fraction {
    const value = parseDecimal(text ?? "0")
    return value.ok ? value.value : ZERO
  }

  compare(what: TotalsDifference["what"], channel: Fraction, medusa: Fraction): boolean {
    if (roundTo(channel, this.decimals) === roundTo(medusa, this.decimals)) {
      return true
    }
    this.differences.push({ what, channel: this.text(channel), medusa: this.text(medusa) })
    return false
  }

  text(value: Fraction): string {
    return formatMoney(value, this.decimals)
  }
}

/**
 * Compares what a channel says an order comes to with what Medusa makes of it, to the cent of the order's currency, as a whole
 * and line by line.
 *
 * @param ordered Medusa's totals of everything that was ordered
 * @param wanted Medusa's totals of what is left of it
 */
export function checkTotals(
  order: ExternalOrder,
  { ordered, wanted }: { readonly ordered: MedusaTotals; readonly wanted: MedusaTotals }
): Result<TotalsCheck, HubFailure> {
  const read = readMoney(order)
  if (!read.ok) {
    return read
  }
  const input = read.value
  const comparison = new Comparison(input.decimals)
  const lineOf = (line: ReadLine, isShipping: boolean): TotalsCheckLine => {
    const channel = line.total ?? totalOf(line, input.isTaxInclusive)
    const medusa = comparison.medusa((isShipping ? ordered.shippingLines : ordered.lines)[line.key])
    return {
      external_line_id: line.key,
      title: line.title,
      is_shipping: isShipping,
      channel: comparison.text(channel),
      medusa: comparison.text(medusa),
      is_equal: roundTo(channel, input.decimals) === roundTo(medusa, input.decimals),
    }
  }
  const lines = [...input.lines.map((line) => lineOf(line, false)), ...input.shipping.map((line) => lineOf(line, true))]
  const told = order.totals
  const given = told && readTotals(told)
  if (given && !given.ok) {
    return given
  }
  const amounts = given?.value
  if (amounts) {
    comparison.compare("total", amounts.total, comparison.medusa(ordered.total))
    for (const what of ["tax", "discount", "shipping"] as const) {
      const channel = amounts[what]
      if (channel) {
        comparison.compare(what, channel, comparison.medusa(ordered[what]))
      }
    }
    const now = comparison.medusa(wanted.total)
    // Money alone that was given back is no line and no postage: Medusa has no place for it, and it explains itself.
    const isExplained =
      amounts.currentTotal !== undefined &&
      roundTo(plus(amounts.currentTotal, input.givenBack), input.decimals) === roundTo(now, input.decimals)
    if (amounts.currentTotal && !isExplained) {
      comparison.compare("current-total", amounts.currentTotal, now)
    }
  }
  const isDifferent = comparison.differences.length > 0 || lines.some((line) => !line.is_equal)
  const sum = lines.reduce((total, line) => plus(total, comparison.medusa(line.channel)), ZERO)
  return ok({
    state: isDifferent ? "different" : amounts ? "equal" : "unchecked",
    currency_code: order.currencyCode.toLowerCase(),
    channel_total: amounts ? comparison.text(amounts.total) : null,
    medusa_total: comparison.text(comparison.medusa(ordered.total)),
    lines_total: comparison.text(sum),
    problem: null,
    differences: comparison.differences,
    lines,
  })
}

type ReadTotals = Readonly<
  { total: Fraction } & Partial<Record<"tax" | "discount" | "shipping" | "currentTotal", Fraction>>
>

function readTotals(totals: NonNullable<ExternalOrder["totals"]>): Result<ReadTotals, HubFailure> {
  const total = parseDecimal(totals.total)
  if (!total.ok) {
    return total
  }
  const amounts: { -readonly [Key in keyof ReadTotals]: ReadTotals[Key] } = { total: total.value }
  for (const what of ["tax", "discount", "shipping", "currentTotal"] as const) {
    const text = totals[what]
    if (text !== undefined) {
      const amount = parseDecimal(text)
      if (!amount.ok) {
        return amount
      }
      amounts[what] = amount.value
    }
  }
  return ok(amounts)
}

/** The differences in words, for an issue: "total: 12.30 on the channel, 12.29 here". */
export function describeCheck(check: TotalsCheck): string {
  const currency = check.currency_code.toUpperCase()
  if (check.problem !== null) {
    return check.problem
  }
  const parts = [
    ...check.differences.map(
      ({ what, channel, medusa }) => `${what.replace("-", " ")} ${channel} there, ${medusa} here`
    ),
    ...check.lines
      .filter((line) => !line.is_equal)
      .map((line) => `"${line.title}" ${line.channel} there, ${line.medusa} here`),
  ]
  return `${currency}: ${parts.join("; ")}`
}
