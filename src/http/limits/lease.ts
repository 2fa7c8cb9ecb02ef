import type { LimitDeclaration } from "../../types/limits"

/** How long units that were taken along may be used, in milliseconds. What is left then is given up. */
export const LEASE_MS = 250

export interface Lease {
  /** The limit to count by: smaller by what may be under way. */
  readonly limit: LimitDeclaration
  /** Units that a process may take along with each question. */
  readonly extra: number
}

/**
 * How much of a limit a process may take along, so that not every call has to ask. Pure.
 *
 * Units that were taken along may be used later than they were counted, so up to a lease's worth of them could come on top
 * of a full bucket. The bucket is made smaller by just that: the channel never sees more than it declared.
 */
export function leaseOf(limit: LimitDeclaration): Lease {
  if (limit.kind !== "token-bucket") {
    return { limit, extra: 0 }
  }
  const reserve = Math.ceil((limit.perSecond * LEASE_MS) / 1_000)
  const extra = Math.floor((limit.perSecond * LEASE_MS) / 1_000)
  const capacity = limit.capacity - reserve
  return extra > 0 && capacity > extra ? { limit: { ...limit, capacity }, extra } : { limit, extra: 0 }
}
