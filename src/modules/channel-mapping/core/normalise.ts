/** A SKU without case, dashes, blanks and other marks: `oak-mug 01` and `OAKMUG01` are the same. The SQL says the same. */
export const normaliseSku = (sku: string): string => sku.toLowerCase().replace(/[^a-z0-9]/g, "")

/** Digits of a barcode without leading zeros, so that a UPC-A and the EAN-13 it is written as are the same. */
export const normaliseBarcode = (barcode: string): string => barcode.replace(/[^0-9]/g, "").replace(/^0+/, "")

/** Words of a title, each once, in lower case. What is no letter and no figure parts them. */
export const wordsOf = (title: string): ReadonlySet<string> =>
  new Set(
    title
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== "")
  )

/**
 * How alike two titles are, from 0 to 1: twice the words they share over all words of both (Sørensen–Dice). Titles without
 * words are like nothing.
 */
export function titleLikeness(left: string, right: string): number {
  const [one, other] = [wordsOf(left), wordsOf(right)]
  if (one.size + other.size === 0) {
    return 0
  }
  const shared = [...one].filter((word) => other.has(word)).length
  return (2 * shared) / (one.size + other.size)
}

/** Whether a number of 8, 12, 13 or 14 digits ends with the check digit of GS1. https://www.gs1.org/services/how-calculate-check-digit-manually */
export function isGtin(barcode: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(barcode)) {
    return false
  }
  const digits = Array.from(barcode, Number).reverse()
  return digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 1 ? 3 : 1), 0) % 10 === 0
}
