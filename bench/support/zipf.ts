/**
 * Draws indexes from 0 to `count - 1`, the index `i` in proportion to 1 / (i + 1)^exponent: a few are drawn very often,
 * most hardly ever, as articles sell.
 */
export function zipfSampler(count: number, exponent: number, random: () => number): () => number {
  const sums = new Float64Array(count)
  let sum = 0
  for (let index = 0; index < count; index += 1) {
    sum += 1 / (index + 1) ** exponent
    sums[index] = sum
  }
  return () => {
    const wanted = random() * sum
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? sum) > wanted) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}
