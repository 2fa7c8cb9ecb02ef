import { HubError, type HubFailure } from "../errors"
import { err, ok, type Result } from "../result"

declare const amountBrand: unique symbol

/**
 * An exact decimal quantity in millionths of a unit. May be negative.
 *
 * Stock amounts are numerics in Medusa; as floats, 0.9 / 0.3 would be 2.9999999999999996 and a unit would vanish.
 */
export type Amount = bigint & { readonly [amountBrand]: true }

/** Where digits beyond the sixth decimal go: `down` is toward −∞ (stock on hand), `up` toward +∞ (reserved, required). */
export type Rounding = "down" | "up"

const DECIMALS = 6
const MILLION = 1_000_000n
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)
const MAX_MILLIONTHS = MAX_SAFE * MILLION
/** Far longer than any number of stock; bounds the work that a hostile text can cause. */
const MAX_TEXT_LENGTH = 100

/** What Postgres (`12.50`, `-3`) and JavaScript (`1e-7`, `1.5e+21`) write. `NaN` and `Infinity` are no amounts. */
const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

const toAmount = (millionths: bigint): Amount => millionths as Amount

const badAmount = (text: string, problem: string): Result<never, HubFailure> =>
  err({ kind: "invalid-data", message: `Amount ${JSON.stringify(text.slice(0, 40))} ${problem}.` })

/**
 * Reads an amount exactly; a seventh decimal and beyond are rounded as told, so that a promise is never too high.
 *
 * Fails with `invalid-data`, quoting the text, for anything that is no plain decimal number or is beyond ±(2^53 − 1) units.
 */
export function parseAmount(value: string | number, rounding: Rounding): Result<Amount, HubFailure> {
  const text = String(value)
  const match = text.length > MAX_TEXT_LENGTH ? null : DECIMAL_TEXT.exec(text)
  if (match === null) {
    return badAmount(text, "is not a decimal number")
  }
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match
  const digits = whole + fraction
  const kept = Math.max(0, whole.length + Number(exponent) + DECIMALS)
  const magnitude = BigInt(digits.slice(0, kept).padEnd(kept, "0") || "0")
  const roundsAway = /[1-9]/.test(digits.slice(kept)) && (rounding === "up") === (sign === "")
  const rounded = roundsAway ? magnitude + 1n : magnitude
  const millionths = sign === "-" ? -rounded : rounded
  return isInRange(millionths) ? ok(toAmount(millionths)) : badAmount(text, "is out of range")
}

/** Whether the amount is within ±(2^53 − 1) units. Sums may leave the range; what is read or stored may not. */
export const isInRange = (amount: bigint): boolean => amount <= MAX_MILLIONTHS && amount >= -MAX_MILLIONTHS

/**
 * The amount of so many whole units. For literals and numbers known to be whole; data goes through {@link parseAmount}.
 *
 * @throws HubError of kind `bug` unless `units` is a safe integer.
 */
export function amountOf(units: number): Amount {
  if (!Number.isSafeInteger(units)) {
    throw new HubError({ kind: "bug", message: `amountOf takes whole units, not ${units}; use parseAmount.` })
  }
  return toAmount(BigInt(units) * MILLION)
}

/** The shortest decimal text, never with an exponent: `12.5`, `-3`, `0.000001`. {@link parseAmount} reads it back exactly. */
export function formatAmount(amount: Amount): string {
  const magnitude = amount < 0n ? -amount : amount
  const whole = `${amount < 0n ? "-" : ""}${magnitude / MILLION}`
  const millionths = magnitude % MILLION
  return millionths === 0n ? whole : `${whole}.${String(millionths).padStart(DECIMALS, "0").replace(/0+$/, "")}`
}

export const addAmounts = (left: Amount, right: Amount): Amount => toAmount(left + right)

export const subtractAmounts = (left: Amount, right: Amount): Amount => toAmount(left - right)

/** So many times the amount. `times` must be a safe integer. */
export const multiplyAmount = (amount: Amount, times: number): Amount => toAmount(amount * BigInt(times))

/** `amount / perUnit` rounded toward −∞, so that a deficit is never made smaller. `perUnit` must be above 0. */
export function divideDown(amount: Amount, perUnit: Amount): bigint {
  const quotient = amount / perUnit
  return amount < 0n && quotient * perUnit !== amount ? quotient - 1n : quotient
}

/** The count as a JavaScript integer; beyond ±(2^53 − 1) it stops there. */
export function toSafeInteger(count: bigint): number {
  return Number(count > MAX_SAFE ? MAX_SAFE : count < -MAX_SAFE ? -MAX_SAFE : count)
}

/** How many whole units the amount is enough for; below 0 the units that are missing. `perUnit` must be above 0. */
export const wholeUnits = (amount: Amount, perUnit: Amount): number => toSafeInteger(divideDown(amount, perUnit))
