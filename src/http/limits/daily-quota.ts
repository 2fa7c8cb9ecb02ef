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

/** So many a day. What is not used is not carried over, and a clock that goes back gives nothing back. */
export function dailyQuota(limit: DailyQuotaLimit): Limiter {
  const offsetMs = limit.resetOffsetMinutes * MINUTE_MS
  const dayOf = (now: number): number => Math.floor((now + offsetMs) / DAY_MS)

  function open({ day, used }: LimitState, now: number): Quota {
    const today = dayOf(now)
    return day !== undefined && used !== undefined && day >= today ? { day, used } : { day: today, used: 0 }
  }
  return {
    restore: (stored, now) => store(open(stored, now)),
    decide(state, { cost, maxWaitMs }, now) {
      if (cost > limit.perDay) {
        return { kind: "never" }
      }
      const quota = open(state, now)
      const used = quota.used + cost
      if (used <= limit.perDay) {
        return { kind: "go", state: store({ ...quota, used }), at: now, extra: 0 }
      }
      const until = (quota.day + 1) * DAY_MS - offsetMs
      if (until - now > maxWaitMs) {
        return { kind: "wait", state: store(quota), until }
      }
      return { kind: "go", state: store({ day: quota.day + 1, used: cost }), at: until, extra: 0 }
    },
    learn: (state, _lesson, now) => store(open(state, now)),
  }
}
