/**
 * How many units of a listing a channel may show at one external location, and why.
 *
 * Owns the exact arithmetic of stock, the rules from what is there to the number shown, and the explanation stored with
 * the number. Refuses to own where the input comes from and what becomes of the number: that is the engine's, and how
 * stock is divided between channels is allocation's.
 */
export { availableInAll, computeQuantity, type LeaveReason, type QuantityOutcome } from "./compute-quantity"
export {
  addAmounts,
  amountOf,
  formatAmount,
  multiplyAmount,
  parseAmount,
  subtractAmounts,
  wholeUnits,
  type Amount,
  type Rounding,
} from "./decimal"
export { DEFAULT_QUANTITY_RULE } from "./default-rule"
export { describeExplanation, type DescribedStep, type ExplanationNames } from "./describe-explanation"
export { decodeExplanation, encodeExplanation, recompute, type Explanation } from "./explanation"
export type { QuantityStep } from "./explanation-steps"
export type { Component, ComponentLevel, HeldQuantity, QuantityInput, QuantityRule } from "./quantity-input"
export { compareInputs, type InputChange } from "./compare-inputs"
