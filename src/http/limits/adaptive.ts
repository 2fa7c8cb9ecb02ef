import type { AdaptiveLimit } from "../../types/limits"
import { restoreBucket, takeFromBucket, type Bucket } from "./bucket"
import type { Limiter, LimitState } from "./limiter"

/** Refusals of calls that were sent together are one piece of news. */
const NEWS_MS = 1_000

interface AdaptiveBucket extends Bucket {
  /** 0 when it never was. */
  readonly slowedAt: number
}

const store = ({ level, at, perSecond, slowedAt }: AdaptiveBucket): LimitState => ({ level, at, perSecond, slowedAt })

/**
 * Halves its rate at a refusal and raises it steadily in quiet (additive increase, multiplicative decrease: Chiu and Jain,
 * 1989, the only linear rule that is both fair and stable). Headers that say what is left are believed.
 */
export function adaptive(limit: AdaptiveLimit): Limiter {
  const { minPerSecond, maxPerSecond, recoverySeconds = 60 } = limit
  const stepPerSecond = (maxPerSecond - minPerSecond) / recoverySeconds
  const clamp = (rate: number): number => Math.min(Math.max(rate, minPerSecond), maxPerSecond)

  function open(state: LimitState, now: number): AdaptiveBucket {
    const perSecond = clamp(state.perSecond ?? maxPerSecond)
    // At most one second's worth at once.
    const bucket = restoreBucket(state, { perSecond, capacity: Math.max(1, perSecond) }, now)
    const seconds = Math.max(0, now - bucket.at) / 1_000
    const faster = clamp(perSecond + seconds * stepPerSecond)
    const capacity = Math.max(1, faster)
    // Filled at the rate it had, so that what a rest earns is never more than was allowed during it.
    const level = Math.min(capacity, bucket.level + seconds * perSecond)
    return { level, at: now, perSecond: faster, capacity, slowedAt: state.slowedAt ?? 0 }
  }
  return {
    restore: (stored, now) => store(open(stored, now)),
    decide(state, request, now) {
      const bucket = open(state, now)
      return takeFromBucket(bucket, { ...request, cost: 1 }, (next) => store({ ...bucket, ...next }))
    },
    learn(state, { isThrottled, headers }, now) {
      const bucket = open(state, now)
      if (isThrottled) {
        const isNews = Math.abs(now - bucket.slowedAt) >= NEWS_MS
        const perSecond = isNews ? clamp(bucket.perSecond / 2) : bucket.perSecond
        return store({
          ...bucket,
          perSecond,
          level: Math.min(bucket.level, 0),
          slowedAt: isNews ? now : bucket.slowedAt,
        })
      }
      if (headers && headers.resetMs > 0) {
        const fair = clamp(headers.remaining / (headers.resetMs / 1_000))
        return store({
          ...bucket,
          perSecond: Math.min(bucket.perSecond, fair),
          level: Math.min(bucket.level, headers.remaining),
        })
      }
      return store(bucket)
    },
  }
}
