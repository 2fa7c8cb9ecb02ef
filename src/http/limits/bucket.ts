import type { LimitDecision, LimitRequest, LimitState } from "./limiter"

/** A bucket that fills up by itself. */
export interface Bucket {
  /** What is left. Below zero when calls have their place in the future already. */
  readonly level: number
  /** When `level` was right. */
  readonly at: number
  readonly capacity: number
  readonly perSecond: number
}

const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value)

/** A stored bucket within new settings; full when there is none. */
export function restoreBucket(
  stored: LimitState,
  settings: Pick<Bucket, "capacity" | "perSecond">,
  now: number
): Bucket {
  const { level, at } = stored
  return isNumber(level) && isNumber(at)
    ? { ...settings, level: Math.min(level, settings.capacity), at }
    : { ...settings, level: settings.capacity, at: now }
}

/** When the clock has gone back, nothing is gained, and from there on it fills as before. */
export const refill = <B extends Bucket>(bucket: B, now: number): B => ({
  ...bucket,
  level: Math.min(bucket.capacity, bucket.level + (Math.max(0, now - bucket.at) / 1_000) * bucket.perSecond),
  at: now,
})

/** What floating point may be off by. Far less than a unit. */
const ROUNDING = 1e-6

/**
 * Gives out places in the order of asking: who cannot go now is given the moment at which it can, and what it takes is
 * gone at once. So a costly call is not passed by cheap ones for ever.
 */
export function takeFromBucket(
  bucket: Bucket,
  { cost, extra, maxWaitMs }: LimitRequest,
  store: (bucket: Bucket) => LimitState
): LimitDecision {
  if (cost > bucket.capacity) {
    return { kind: "never" }
  }
  const level = bucket.level - cost
  // Not rounded: two places that are each rounded up may come closer together than the rate allows.
  const waitMs = level > -ROUNDING ? 0 : (-level / bucket.perSecond) * 1_000
  if (waitMs > maxWaitMs) {
    return { kind: "wait", state: store(bucket), until: Math.ceil(bucket.at + waitMs) }
  }
  const taken = Math.max(0, Math.min(extra, Math.floor(level)))
  return { kind: "go", state: store({ ...bucket, level: level - taken }), at: bucket.at + waitMs, extra: taken }
}
