interface Decimal {
  readonly units: bigint
  readonly scale: number
}

function parse(text: string): Decimal {
  const [whole = "0", fraction = ""] = text.split(".")
  return { units: BigInt(`${whole}${fraction}`), scale: fraction.length }
}

const at = ({ units, scale }: Decimal, wanted: number): bigint => units * 10n ** BigInt(wanted - scale)

/** `a - b`, to the last digit. Both have to be decimals as Shopify writes them: `12.50`, `-0.1`, `1200`. */
export function subtractDecimals(a: string, b: string): string {
  const [left, right] = [parse(a), parse(b)]
  const scale = Math.max(left.scale, right.scale)
  const difference = at(left, scale) - at(right, scale)
  const digits = (difference < 0n ? -difference : difference).toString().padStart(scale + 1, "0")
  const sign = difference < 0n ? "-" : ""
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
