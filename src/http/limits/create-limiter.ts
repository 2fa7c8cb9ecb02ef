import type { LimitDeclaration } from "../../types/limits"
import { adaptive } from "./adaptive"
import { costBucket } from "./cost-bucket"
import { dailyQuota } from "./daily-quota"
import type { Limiter } from "./limiter"
import { tokenBucket } from "./token-bucket"

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0

function numbersFit(limit: LimitDeclaration): boolean {
  switch (limit.kind) {
    case "token-bucket":
    case "cost-bucket":
      return limit.capacity >= 1 && isPositive(limit.capacity) && isPositive(limit.perSecond)
    case "daily-quota":
      return limit.perDay >= 1 && Number.isFinite(limit.perDay) && Math.abs(limit.resetOffsetMinutes) <= 14 * 60
    case "adaptive":
      return (
        isPositive(limit.minPerSecond) &&
        isPositive(limit.maxPerSecond) &&
        limit.maxPerSecond >= limit.minPerSecond &&
        isPositive(limit.recoverySeconds ?? 60)
      )
  }
}

/** What is wrong with a connector's limits, in words; null when nothing is. */
export function findLimitMistake(limits: readonly LimitDeclaration[]): string | null {
  const names = new Set<string>()
  for (const limit of limits) {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(limit.name)) {
      return `The name "${limit.name}" of a limit is not in kebab-case.`
    }
    if (names.has(limit.name)) {
      return `Two limits are called "${limit.name}".`
    }
    names.add(limit.name)
    if (!numbersFit(limit)) {
      return `The limit "${limit.name}" has a number that lets nothing through, or everything.`
    }
  }
  return null
}

/** The reducer of a declared limit. */
export function createLimiter(limit: LimitDeclaration): Limiter {
  switch (limit.kind) {
    case "token-bucket":
      return tokenBucket(limit)
    case "cost-bucket":
      return costBucket(limit)
    case "daily-quota":
      return dailyQuota(limit)
    case "adaptive":
      return adaptive(limit)
  }
}
