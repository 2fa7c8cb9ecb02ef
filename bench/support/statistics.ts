export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/**
 * The smallest value that at least `percent` of 100 of all values do not exceed (nearest rank, no interpolation: every
 * percentile is a value that was measured).
 *
 * @param sorted ascending
 * @returns null when there are no values
 */
export function percentile(sorted: readonly number[], percent: number): number | null {
  const rank = Math.ceil((percent / 100) * sorted.length)
  return sorted[Math.max(0, rank - 1)] ?? null
}

/** How values are spread, in any order; null when there are none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = [...values].sort((a, b) => a - b)
  const [p50, p95, p99, max] = [50, 95, 99, 100].map((percent) => percentile(sorted, percent))
  return p50 == null || p95 == null || p99 == null || max == null ? null : { count: sorted.length, p50, p95, p99, max }
}

/** `value` for each one of `count`; null when nothing was counted or measured. */
export const per = (value: number | null, count: number): number | null =>
  value === null || count <= 0 ? null : value / count

/** How many times `base` goes into `value`; null without a base. */
export const timesOf = (value: number | null, base: number | null): number | null =>
  value === null || base === null || base <= 0 ? null : value / base
