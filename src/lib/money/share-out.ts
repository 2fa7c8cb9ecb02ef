/**
 * Shares `amount` out in proportion to `weights`, in whole units: nothing is lost and nothing is made. Who has the greatest
 * remainder gets the odd units, the first where remainders are equal. Weights below 0 count as 0; if all are 0, nobody gets
 * anything.
 */
export function shareOut(amount: bigint, weights: readonly bigint[]): bigint[] {
  const shares = weights.map((weight) => (weight > 0n ? weight : 0n))
  const total = shares.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n || amount <= 0n) {
    return shares.map(() => 0n)
  }
  const parts = shares.map((weight, index) => ({
    index,
    units: (amount * weight) / total,
    remainder: (amount * weight) % total,
  }))
  let left = amount - parts.reduce((sum, { units }) => sum + units, 0n)
  const given = parts.map(({ units }) => units)
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1
  )
  for (const { index } of byRemainder) {
    if (left === 0n) {
      break
    }
    given[index] = (given[index] ?? 0n) + 1n
    left -= 1n
  }
  return given
}
