import type { HubFailure } from "../errors"
import { err, ok, type Result } from "../result"

/** An exact number: `top / bottom`, in lowest terms, `bottom` above 0. Money is never a float here. */
export interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

const DECIMAL_TEXT = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/
/** Decimals of texts of numbers that have no end, like a third. Far finer than any currency. */
const TEXT_DECIMALS = 18

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)]
  while (y !== 0n) {
    ;[x, y] = [y, x % y]
  }
  return x
}

function reduced(top: bigint, bottom: bigint): Fraction {
  const divisor = greatestDivisor(top, bottom) || 1n
  const sign = bottom < 0n ? -1n : 1n
  return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor }
}

export const ZERO: Fraction = { top: 0n, bottom: 1n }
export const HUNDRED: Fraction = { top: 100n, bottom: 1n }
export const ONE: Fraction = { top: 1n, bottom: 1n }

export const whole = (value: number): Fraction => ({ top: BigInt(value), bottom: 1n })
export const minorUnits = (units: bigint, decimals: number): Fraction => reduced(units, 10n ** BigInt(decimals))

export const plus = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { top: -b.top, bottom: b.bottom })
export const times = (a: Fraction, b: Fraction): Fraction => reduced(a.top * b.top, a.bottom * b.bottom)
/** Zero when there is nothing to divide by: the callers ask first, and a total of nothing is nothing. */
export const over = (a: Fraction, b: Fraction): Fraction =>
  b.top === 0n ? ZERO : reduced(a.top * b.bottom, a.bottom * b.top)
export const sumOf = (values: readonly Fraction[]): Fraction => values.reduce(plus, ZERO)

export const isZero = (value: Fraction): boolean => value.top === 0n
export const isNegative = (value: Fraction): boolean => value.top < 0n
export const isSame = (a: Fraction, b: Fraction): boolean => a.top === b.top && a.bottom === b.bottom
export const isLess = (a: Fraction, b: Fraction): boolean => a.top * b.bottom < b.top * a.bottom

/** Reads "12.50", "-3", "1e-7" exactly. Fails with `invalid-data`, quoting the text. */
export function parseDecimal(text: string): Result<Fraction, HubFailure> {
  const match = DECIMAL_TEXT.exec(text)
  if (match === null) {
    return err({ kind: "invalid-data", message: `"${text.slice(0, 40)}" is no amount.` })
  }
  const [, sign = "", digits = "", fraction = "", exponent = "0"] = match
  const top = BigInt(`${sign}${digits}${fraction}`)
  const shift = Number(exponent) - fraction.length
  return ok(shift >= 0 ? reduced(top * 10n ** BigInt(shift), 1n) : reduced(top, 10n ** BigInt(-shift)))
}

/** In units of the last decimal; half a unit goes away from zero, as on a bill. */
export function roundTo(value: Fraction, decimals: number): bigint {
  const scaled = absolute(value.top) * 10n ** BigInt(decimals)
  const rounded = (2n * scaled + value.bottom) / (2n * value.bottom)
  return value.top < 0n ? -rounded : rounded
}

/** 1250 with two decimals is "12.50". */
export function formatUnits(units: bigint, decimals: number): string {
  const digits = String(absolute(units)).padStart(decimals + 1, "0")
  const sign = units < 0n ? "-" : ""
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** Rounded and written out, as people read it. */
export const formatMoney = (value: Fraction, decimals: number): string =>
  formatUnits(roundTo(value, decimals), decimals)

/** What is left of a value once it has been written by `toDecimalText` and read again. */
export const asWritten = (value: Fraction): Fraction => minorUnits(roundTo(value, TEXT_DECIMALS), TEXT_DECIMALS)

/** As exact as a decimal can be, without idle zeros: "3.333333333333333333" for ten thirds, "12.5" for twelve and a half. */
export function toDecimalText(value: Fraction): string {
  const text = formatUnits(roundTo(value, TEXT_DECIMALS), TEXT_DECIMALS).replace(/\.?0+$/, "")
  return text === "-0" ? "0" : text
}
