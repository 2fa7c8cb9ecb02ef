import type { HubFailure } from "../../lib/errors"
import {
  currencyDecimals,
  isLess,
  minorUnits,
  minus,
  parseDecimal,
  plus,
  roundTo,
  shareOut,
  sumOf,
  times,
  whole,
  ZERO,
  type Fraction,
} from "../../lib/money"
import { err, ok, type Result } from "../../lib/result"
import type {
  ExternalDiscount,
  ExternalOrder,
  ExternalOrderLine,
  ExternalRefund,
  ExternalTax,
} from "../../types/channel-order"

export interface ReadDiscount {
  readonly amount: Fraction
  readonly code: string | null
  readonly title: string | null
}

export interface ReadTax {
  readonly title: string
  readonly rate: Fraction | null
  readonly amount: Fraction
}

/** A line or a postage with its amounts read, for everything that was ordered. */
export interface ReadLine {
  readonly key: string
  readonly title: string
  readonly quantity: number
  readonly open: number
  readonly price: Fraction
  readonly discounts: readonly ReadDiscount[]
  readonly taxes: readonly ReadTax[]
  /** What the channel says the buyer pays for it. */
  readonly total: Fraction | null
  /** Price and tax that were given back for the cancelled units; null where the channel did not tell all of it. */
  readonly refunded: { readonly amount: Fraction; readonly tax: Fraction } | null
}

export interface MoneyInput {
  readonly decimals: number
  readonly isTaxInclusive: boolean
  readonly lines: readonly ReadLine[]
  readonly shipping: readonly ReadLine[]
  /** Money that was given back for no unit and no postage, as far as the channel tells it. */
  readonly givenBack: Fraction
  /** Postage that was given back, by refund. */
  readonly credits: readonly { readonly key: string; readonly amount: Fraction }[]
}

/** Collects the first thing that cannot be read, so that reading an order stays one expression. */
class Reader {
  failure: HubFailure | null = null

  read(text: string): Fraction {
    const value = parseDecimal(text)
    if (!value.ok) {
      this.failure ??= value.error
      return ZERO
    }
    if (value.value.top < 0n) {
      this.failure ??= { kind: "invalid-data", message: `An amount of the order is negative: ${text}.` }
    }
    return value.value
  }

  optional(text: string | null | undefined): Fraction | null {
    return text === null || text === undefined ? null : this.read(text)
  }

  discounts(given: readonly ExternalDiscount[] | undefined): ReadDiscount[] {
    return (given ?? []).map(({ amount, code, title }) => ({ amount: this.read(amount), code, title }))
  }

  taxes(given: readonly ExternalTax[] | undefined): ReadTax[] {
    return (given ?? []).map(({ title, rate, amount }) => ({
      title,
      rate: this.optional(rate),
      amount: this.read(amount),
    }))
  }
}

function readRefunded(reader: Reader, order: ExternalOrder, line: ExternalOrderLine): ReadLine["refunded"] {
  const parts = (order.refunds ?? []).flatMap((refund) =>
    refund.lines.filter(({ externalLineId }) => externalLineId === line.externalLineId)
  )
  const units = parts.reduce((sum, part) => sum + part.quantity, 0)
  if (units !== line.cancelledQuantity || parts.some((part) => part.amount === undefined)) {
    return null
  }
  return {
    amount: sumOf(parts.map((part) => reader.read(part.amount ?? "0"))),
    tax: sumOf(parts.map((part) => reader.read(part.tax ?? "0"))),
  }
}

/** What a refund gave back beyond its lines and postage; nothing where the channel does not tell all of it. */
function restOf(reader: Reader, refund: ExternalRefund, isTaxInclusive: boolean): Fraction {
  if (refund.amount === undefined || refund.lines.some((line) => line.amount === undefined)) {
    return ZERO
  }
  const onLines = refund.lines.map((line) =>
    plus(reader.read(line.amount ?? "0"), isTaxInclusive ? ZERO : reader.read(line.tax ?? "0"))
  )
  const rest = minus(reader.read(refund.amount), sumOf([...onLines, reader.read(refund.shippingAmount ?? "0")]))
  return rest.top > 0n ? rest : ZERO
}

const goodsOf = (line: ReadLine): Fraction => times(line.price, whole(line.quantity))
const discountOf = (line: ReadLine): Fraction => sumOf(line.discounts.map(({ amount }) => amount))
/** What is left of a line's price after its discounts. */
export const netOf = (line: ReadLine): Fraction => minus(goodsOf(line), discountOf(line))

/** Discounts on the whole order go to the goods first, by price, and what is more than the goods goes to postage. */
function spread(
  input: Pick<MoneyInput, "decimals" | "lines" | "shipping">,
  discounts: readonly ReadDiscount[]
): Pick<MoneyInput, "lines" | "shipping"> {
  let { lines, shipping } = input
  for (const discount of discounts) {
    const [onGoods, rest] = give(lines, discount, input.decimals)
    const [onShipping] = give(shipping, { ...discount, amount: rest }, input.decimals)
    lines = onGoods
    shipping = onShipping
  }
  return { lines, shipping }
}

function give(lines: readonly ReadLine[], discount: ReadDiscount, decimals: number): [readonly ReadLine[], Fraction] {
  const weights = lines.map((line) => roundTo(netOf(line), decimals))
  const room = minorUnits(
    weights.reduce((sum, weight) => sum + (weight > 0n ? weight : 0n), 0n),
    decimals
  )
  const given = isLess(room, discount.amount) ? room : discount.amount
  const shares = shareOut(roundTo(given, decimals), weights)
  return [
    lines.map((line, index) => {
      const share = shares[index] ?? 0n
      return share === 0n
        ? line
        : // What the channel says of the line does not know of its share.
          { ...line, total: null, discounts: [...line.discounts, { ...discount, amount: minorUnits(share, decimals) }] }
    }),
    minus(discount.amount, given),
  ]
}

/** Reads every amount of an order and shares out what is on the whole order. Fails with `invalid-data`. Pure. */
export function readMoney(order: ExternalOrder): Result<MoneyInput, HubFailure> {
  const reader = new Reader()
  const decimals = order.currencyDecimals ?? currencyDecimals(order.currencyCode)
  const lines = order.lines.map((line): ReadLine => ({
    key: line.externalLineId,
    title: line.title,
    quantity: line.quantity,
    open: line.quantity - line.cancelledQuantity,
    price: reader.read(line.unitPrice),
    discounts: reader.discounts(line.discounts),
    taxes: reader.taxes(line.taxes),
    total: reader.optional(line.total),
    refunded: readRefunded(reader, order, line),
  }))
  const shipping = (order.shippingLines ?? []).map((line): ReadLine => ({
    key: line.externalLineId,
    title: line.title,
    quantity: 1,
    open: 1,
    price: reader.read(line.price),
    discounts: reader.discounts(line.discounts),
    taxes: reader.taxes(line.taxes),
    total: reader.optional(line.total),
    refunded: null,
  }))
  const credits = (order.refunds ?? []).flatMap((refund) => {
    const amount = reader.optional(refund.shippingAmount)
    return amount === null || amount.top === 0n ? [] : [{ key: refund.externalId, amount }]
  })
  const discounts = reader.discounts(order.discounts)
  const isTaxInclusive = order.taxInclusive ?? false
  const givenBack = sumOf((order.refunds ?? []).map((refund) => restOf(reader, refund, isTaxInclusive)))
  if (reader.failure) {
    return err({ ...reader.failure, message: `Order ${order.number}: ${reader.failure.message}` })
  }
  const input = { decimals, isTaxInclusive, lines, shipping, credits, givenBack }
  return ok({ ...input, ...spread(input, discounts) })
}

/** The line as it is now that units were cancelled, or null when nothing of it is left. */
export function stillWanted(line: ReadLine): ReadLine | null {
  if (line.open === line.quantity) {
    return line
  }
  if (line.open <= 0) {
    return null
  }
  const share: Fraction = { top: BigInt(line.open), bottom: BigInt(line.quantity) }
  const goods = times(line.price, whole(line.open))
  const rest = line.refunded && minus(netOf(line), line.refunded.amount)
  const discount = rest && minus(goods, rest)
  const taxBefore = sumOf(line.taxes.map(({ amount }) => amount))
  const tax = line.refunded && minus(taxBefore, line.refunded.tax)
  // What was given back may be anything: where it cannot be said in discounts, each unit gave back its share.
  const isTold =
    discount !== null && tax !== null && discount.top >= 0n && tax.top >= 0n && rest !== null && rest.top >= 0n
  const discountShare = isTold ? ratio(discount, discountOf(line)) : share
  const taxShare = isTold ? ratio(tax, taxBefore) : share
  const scaled = line.discounts.map((part) => ({ ...part, amount: times(part.amount, discountShare) }))
  const missing = isTold ? minus(discount, sumOf(scaled.map(({ amount }) => amount))) : ZERO
  return {
    ...line,
    quantity: line.open,
    discounts: missing.top > 0n ? [...scaled, { amount: missing, code: null, title: null }] : scaled,
    taxes: line.taxes.map((part) => ({ ...part, amount: times(part.amount, taxShare) })),
    total: null,
  }
}

const ratio = (part: Fraction, of: Fraction): Fraction =>
  of.top === 0n ? ZERO : { top: part.top * of.bottom, bottom: part.bottom * of.top }

export const taxOf = (line: ReadLine): Fraction => sumOf(line.taxes.map(({ amount }) => amount))
/** What the buyer pays for a line by its parts. */
export const totalOf = (line: ReadLine, isTaxInclusive: boolean): Fraction =>
  isTaxInclusive ? netOf(line) : plus(netOf(line), taxOf(line))
