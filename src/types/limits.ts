interface LimitBase {
  /** Kebab-case and permanent: the processes find each other's count by it. Unique within a connector. */
  readonly name: string
  /** Operations (`HttpRequest.operation`) that it counts. All of them unless given. */
  readonly operations?: readonly string[]
}

/** So many calls at once, and so many per second in the long run. Every call takes one. */
export interface TokenBucketLimit extends LimitBase {
  readonly kind: "token-bucket"
  readonly capacity: number
  readonly perSecond: number
}

/**
 * As a token bucket, but a call takes its `cost`, and the channel's answers say what it really took and what is left
 * (`readUsage` of the connector). What the channel says wins.
 */
export interface CostBucketLimit extends LimitBase {
  readonly kind: "cost-bucket"
  readonly capacity: number
  readonly perSecond: number
}

/** So many calls a day. */
export interface DailyQuotaLimit extends LimitBase {
  readonly kind: "daily-quota"
  readonly perDay: number
  /** The channel's midnight, in minutes east of UTC: -480 for a day that begins at 08:00 UTC. */
  readonly resetOffsetMinutes: number
  /** Counts for each `HttpRequest.entity` apart. */
  readonly perEntity?: true
}

/** A limit that the channel does not publish: it is found out, by slowing down at every refusal and speeding up in quiet. */
export interface AdaptiveLimit extends LimitBase {
  readonly kind: "adaptive"
  readonly minPerSecond: number
  readonly maxPerSecond: number
  /** From the slowest to the fastest without a refusal, in seconds. 60 unless given. */
  readonly recoverySeconds?: number
}

/** A limit of a channel, as data. */
export type LimitDeclaration = TokenBucketLimit | CostBucketLimit | DailyQuotaLimit | AdaptiveLimit

/** What an answer says about a cost bucket. Leave out what it does not say. */
export interface LimitUsage {
  /** What is left now. */
  readonly available?: number
  readonly capacity?: number
  readonly perSecond?: number
  /** What this call really took. */
  readonly actualCost?: number
}
