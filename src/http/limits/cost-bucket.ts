import type { CostBucketLimit } from "../../types/limits"
import { refill, restoreBucket, takeFromBucket, type Bucket } from "./bucket"
import type { Limiter, LimitState } from "./limiter"

/** The channel may change these by telling so, so they are part of the state. */
const store = ({ level, at, capacity, perSecond }: Bucket): LimitState => ({ level, at, capacity, perSecond })

const positive = (value: number | undefined, otherwise: number): number =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : otherwise

/** A call takes its cost. Answers correct the count. */
export function costBucket(limit: CostBucketLimit): Limiter {
  function open(state: LimitState, now: number): Bucket {
    const settings = {
      capacity: positive(state.capacity, limit.capacity),
      perSecond: positive(state.perSecond, limit.perSecond),
    }
    return refill(restoreBucket(state, settings, now), now)
  }
  return {
    restore: (stored, now) => store(open(stored, now)),
    decide: (state, request, now) => takeFromBucket(open(state, now), request, store),
    learn(state, { cost, isThrottled, usage }, now) {
      const bucket = open(state, now)
      const capacity = positive(usage?.capacity, bucket.capacity)
      const perSecond = positive(usage?.perSecond, bucket.perSecond)
      const refund = Math.max(0, cost - Math.max(0, usage?.actualCost ?? cost))
      // Calls that are on their way are in our count and not yet in theirs, so theirs can only lower ours.
      const ceiling = usage?.available ?? (isThrottled ? 0 : Infinity)
      return store({ ...bucket, capacity, perSecond, level: Math.min(bucket.level + refund, capacity, ceiling) })
    },
  }
}
