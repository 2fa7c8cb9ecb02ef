import type { DailyQuotaLimit } from "../../types/limits"
import type { Limiter, LimitState } from "./limiter"

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

interface Quota {
  /** Days since 1970, by the channel's midnight. */
  readonly day: number
  readonly used: number
}

const store = ({ day, used }: Quota): LimitState => ({ day, used })

/**
 * So many a day. What is not used is not carried over.
 *
 * A clock that goes back over midnight gives nothing back: the day that has begun is waited for. One that goes back by more
 * was wrong before, and counting begins anew.
 */
export function dailyQuota(limit: DailyQuotaLimit): Limiter {
  const offsetMs = limit.resetOffsetMinutes * MINUTE_MS
  const dayOf = (now: number): number => Math.floor((now + offsetMs) / DAY_MS)
  const beginOf = (day: number): number => day * DAY_MS - offsetMs

  function open({ day, used }: LimitState, now: number): Quota {
    const today = dayOf(now)
    const isKnown = day !== undefined && used !== undefined && (day === today || day === today + 1)
    return isKnown ? { day, used } : { day: today, used: 0 }
  }
  return {
    restore: (stored, now) => store(open(stored, now)),
    decide(state, { cost, maxWaitMs }, now) {
      if (cost > limit.perDay) {
        return { kind: "never" }
      }
      const quota = open(state, now)
      const next: Quota =
        quota.used + cost <= limit.perDay
          ? { day: quota.day, used: quota.used + cost }
          : { day: quota.day + 1, used: cost }
      const at = Math.max(now, beginOf(next.day))
      // A place can be given for the next day, but not for the one after it.
      const isPossible = at - now <= maxWaitMs && next.day <= dayOf(now) + 1
      return isPossible
        ? { kind: "go", state: store(next), at, extra: 0 }
        : { kind: "wait", state: store(quota), until: at }
    },
    learn: (state, _lesson, now) => store(open(state, now)),
  }
}
