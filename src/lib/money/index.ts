/** Exact money: fractions instead of floats, the decimals of currencies, and sharing out without losing a cent. */
export { currencyDecimals } from "./currency"
export {
  asWritten,
  formatMoney,
  formatUnits,
  HUNDRED,
  isLess,
  isNegative,
  isSame,
  isZero,
  minorUnits,
  minus,
  ONE,
  over,
  parseDecimal,
  plus,
  roundTo,
  sumOf,
  times,
  toDecimalText,
  whole,
  ZERO,
  type Fraction,
} from "./fraction"
export { shareOut } from "./share-out"
