import type { HubFailure } from "../../lib/errors"
import {
  asWritten,
  HUNDRED,
  isSame,
  isZero,
  minorUnits,
  minus,
  ONE,
  over,
  plus,
  roundTo,
  sumOf,
  times,
  toDecimalText,
  whole,
  type Fraction,
} from "../../lib/money"
import { ok, type Result } from "../../lib/result"
import type { ExternalOrder } from "../../types/channel-order"
import {
  netOf,
  readMoney,
  stillWanted,
  taxOf,
  totalOf,
  type MoneyInput,
  type ReadLine,
  type ReadTax,
} from "./plan-money-input"

/** A discount on one line of Medusa. Decimal text, exact to 18 decimals, as are all amounts here. */
export interface PlannedAdjustment {
  readonly amount: string
  readonly code?: string
  readonly description?: string
  readonly is_tax_inclusive?: boolean
}

export interface PlannedTaxLine {
  readonly code: string
  readonly description: string
  /** Percent. */
  readonly rate: string
}

/** The money of one line of the order in Medusa. */
export interface PlannedLineMoney {
  /** The channel's line. */
  readonly key: string
  readonly title: string
  /** Pieces: channel units times the size of the pack. */
  readonly quantity: number
  readonly unit_price: string
  readonly is_tax_inclusive: boolean
  readonly adjustments: readonly PlannedAdjustment[]
  readonly tax_lines: readonly PlannedTaxLine[]
}

/** One way of sending in Medusa. */
export interface PlannedShippingMethod {
  readonly key: string
  readonly name: string
  readonly amount: string
  readonly is_tax_inclusive: boolean
  /** Medusa keeps discounts on postage without tax. */
  readonly adjustments: readonly PlannedAdjustment[]
  readonly tax_lines: readonly PlannedTaxLine[]
}

/** Postage that was given back. */
export interface PlannedCredit {
  readonly reference_id: string
  readonly amount: string
}

/** An order's money in Medusa's words. */
export interface PlannedMoney {
  readonly currency_code: string
  readonly decimals: number
  /**
   * `named`: the tax rates are those that the channel names, and come to the same cents. `exact`: they would not, because a
   * channel rounds and Medusa does not; then each rate is what the tax really amounts to.
   */
  readonly rates: "named" | "exact"
  readonly lines: readonly PlannedLineMoney[]
  readonly shipping_methods: readonly PlannedShippingMethod[]
  readonly credit_lines: readonly PlannedCredit[]
}

type Rates = PlannedMoney["rates"]

/** What Medusa takes tax rates of: the price after discounts, without tax. */
const taxableOf = (line: ReadLine, isTaxInclusive: boolean): Fraction =>
  isTaxInclusive ? minus(netOf(line), taxOf(line)) : netOf(line)

function rateOf(tax: ReadTax, taxable: Fraction, rates: Rates): Fraction {
  const named = tax.rate
  const isExact = named !== null && isSame(over(times(named, taxable), HUNDRED), tax.amount)
  return named !== null && (rates === "named" || isExact || isZero(taxable))
    ? named
    : times(over(tax.amount, taxable), HUNDRED)
}

interface RatedLine {
  readonly line: ReadLine
  readonly rates: readonly Fraction[]
  readonly factor: Fraction
  /** The price after discounts as Medusa will see it: the price of a piece of a pack may have no end, and is cut off. */
  readonly net: Fraction
}

function seenNet(line: ReadLine, packSize: number): Fraction {
  const pieces = whole(line.quantity * packSize)
  const cutOff = minus(
    times(line.price, whole(line.quantity)),
    times(asWritten(over(line.price, whole(packSize))), pieces)
  )
  return minus(netOf(line), cutOff)
}

interface Rating {
  readonly isTaxInclusive: boolean
  readonly rates: Rates
  readonly packSize: number
}

function rated(line: ReadLine, { isTaxInclusive, rates, packSize }: Rating): RatedLine {
  const taxable = taxableOf(line, isTaxInclusive)
  const found = line.taxes.map((tax) => rateOf(tax, taxable, rates))
  return { line, rates: found, factor: plus(ONE, over(sumOf(found), HUNDRED)), net: seenNet(line, packSize) }
}

/** The tax that Medusa will take: it rounds nothing. */
function medusaTax({ net, factor }: RatedLine, isTaxInclusive: boolean): Fraction {
  const base = isTaxInclusive ? over(net, factor) : net
  return times(base, minus(factor, ONE))
}

/** A millionth of a cent: whatever Medusa reckons with, it is closer than that. */
const SLACK_DECIMALS = 6

/**
 * Whether the rates by name bring each line and all of them together to the channel's cents. Where a price was cut off, or
 * tax is taken out of a price, the quotient may have no end; half a cent then becomes one or none, and a sum that comes close
 * to half a cent does not count.
 */
function isToTheCent(parts: readonly RatedLine[], { isTaxInclusive, decimals }: MoneyInput): boolean {
  const isCutOff = parts.some(({ line, net }) => !isSame(net, netOf(line)))
  const slack = isCutOff || isTaxInclusive ? minorUnits(1n, decimals + SLACK_DECIMALS) : whole(0)
  const isEqual = (a: Fraction, b: Fraction): boolean =>
    [minus(a, slack), plus(a, slack)].every((near) => roundTo(near, decimals) === roundTo(b, decimals))
  const taxes = parts.map((part) => medusaTax(part, isTaxInclusive))
  return (
    parts.every((part, index) => isEqual(taxes[index] ?? ONE, taxOf(part.line))) &&
    isEqual(sumOf(taxes), sumOf(parts.map(({ line }) => taxOf(line)))) &&
    isEqual(
      plus(sumOf(parts.map(({ net }) => net)), isTaxInclusive ? whole(0) : sumOf(taxes)),
      sumOf(parts.map(({ line }) => totalOf(line, isTaxInclusive)))
    )
  )
}

/** "VAT 19 %": the rate that the channel names stays readable, whatever rate comes to its cents. */
function namedTax({ title, rate }: ReadTax): string {
  const named = rate === null ? null : toDecimalText(rate)
  return named === null || title.includes(named) ? title : `${title} ${named} %`
}

const taxLines = ({ line, rates }: RatedLine): PlannedTaxLine[] =>
  line.taxes.map((tax, index) => ({
    code: tax.title,
    description: namedTax(tax),
    rate: toDecimalText(rates[index] ?? whole(0)),
  }))

const adjustments = (line: ReadLine, divisor: Fraction): Omit<PlannedAdjustment, "is_tax_inclusive">[] =>
  line.discounts
    .filter(({ amount }) => !isZero(amount))
    .map(({ amount, code, title }) => ({
      amount: toDecimalText(over(amount, divisor)),
      ...(code === null ? {} : { code }),
      ...(title === null ? {} : { description: title }),
    }))

function plannedLine(part: RatedLine, isTaxInclusive: boolean, packSize: number): PlannedLineMoney {
  const { line } = part
  return {
    key: line.key,
    title: line.title,
    quantity: line.quantity * packSize,
    unit_price: toDecimalText(over(line.price, whole(packSize))),
    is_tax_inclusive: isTaxInclusive,
    adjustments: adjustments(line, ONE).map((part) => ({ ...part, is_tax_inclusive: isTaxInclusive })),
    tax_lines: taxLines(part),
  }
}

const plannedShipping = (part: RatedLine, isTaxInclusive: boolean): PlannedShippingMethod => ({
  key: part.line.key,
  name: part.line.title,
  amount: toDecimalText(part.line.price),
  is_tax_inclusive: isTaxInclusive,
  adjustments: adjustments(part.line, isTaxInclusive ? part.factor : ONE),
  tax_lines: taxLines(part),
})

/**
 * Says an order's money in Medusa's words: lines, adjustments, tax lines and shipping methods whose totals, as Medusa reckons
 * them, are the channel's to the cent. Medusa keeps rates and rounds nothing; channels keep amounts and round each. Where the
 * named rates come to other cents, each line gets the rate that its tax really amounts to.
 *
 * @param what `ordered`: everything that was ordered. `wanted`: what is left of it.
 * @param packSizeOf pieces that one unit of a line has
 */
export function planMoney(
  order: ExternalOrder,
  what: "ordered" | "wanted",
  packSizeOf: (externalLineId: string) => number
): Result<PlannedMoney, HubFailure> {
  const read = readMoney(order)
  if (!read.ok) {
    return read
  }
  const input = read.value
  const { isTaxInclusive } = input
  const lines = what === "ordered" ? input.lines : input.lines.flatMap((line) => stillWanted(line) ?? [])
  const rate = (rates: Rates) => ({
    lines: lines.map((line) => rated(line, { isTaxInclusive, rates, packSize: packSizeOf(line.key) })),
    shipping: input.shipping.map((line) => rated(line, { isTaxInclusive, rates, packSize: 1 })),
  })
  const named = rate("named")
  const isNamed =
    [...named.lines, ...named.shipping].every(({ line }) => line.taxes.every((tax) => tax.rate !== null)) &&
    isToTheCent([...named.lines, ...named.shipping], input)
  const chosen = isNamed ? named : rate("exact")
  return ok({
    currency_code: order.currencyCode.toLowerCase(),
    decimals: input.decimals,
    rates: isNamed ? "named" : "exact",
    lines: chosen.lines.map((part) => plannedLine(part, isTaxInclusive, packSizeOf(part.line.key))),
    shipping_methods: chosen.shipping.map((part) => plannedShipping(part, isTaxInclusive)),
    credit_lines:
      what === "ordered"
        ? []
        : input.credits.map(({ key, amount }) => ({ reference_id: key, amount: toDecimalText(amount) })),
  })
}
