import type { TokenBucketLimit } from "../../types/limits"
import { refill, restoreBucket, takeFromBucket, type Bucket } from "./bucket"
import type { Limiter, LimitState } from "./limiter"

const store = ({ level, at }: Bucket): LimitState => ({ level, at })

/** Every call takes one, whatever it costs elsewhere. */
export function tokenBucket(limit: TokenBucketLimit): Limiter {
  const open = (state: LimitState, now: number): Bucket => refill(restoreBucket(state, limit, now), now)
  return {
    restore: (stored, now) => store(restoreBucket(stored, limit, now)),
    decide: (state, request, now) => takeFromBucket(open(state, now), { ...request, cost: 1 }, store),
    // The channel has counted something that we have not.
    learn: (state, lesson, now) => {
      const bucket = open(state, now)
      return store({ ...bucket, level: lesson.isThrottled ? Math.min(bucket.level, 0) : bucket.level })
    },
  }
}
