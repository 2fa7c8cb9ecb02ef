import type { QuantityRule } from "./quantity-input"

/** Shows exactly what is there. */
export const DEFAULT_QUANTITY_RULE: QuantityRule = {
  version: 1,
  buffer: 0,
  minimum: 0,
  cap: null,
  sharePercent: null,
  backorderQuantity: null,
  unmanagedQuantity: null,
  assembleAcrossLocations: false,
}
