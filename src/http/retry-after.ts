type Headers = Readonly<Record<string, string | undefined>>

/** Nobody is waited for longer than a day: quotas start anew by then, and a nonsensical answer must not stop us for ever. */
export const LONGEST_WAIT_MS = 86_400_000

/** Larger numbers are moments in seconds since 1970, smaller ones are spans. */
const EPOCH_SECONDS = 1_000_000_000

const clamp = (ms: number): number => Math.min(Math.max(Math.ceil(ms), 0), LONGEST_WAIT_MS)

const isNumber = (text: string): boolean => /^\d+(\.\d+)?$/.test(text)

/** The other side's own clock where it tells it, because what it says about moments is meant by that clock. */
function theirNow(headers: Headers, now: number): number {
  const date = Date.parse(headers.date ?? "")
  return Number.isNaN(date) ? now : date
}

/** A span or a moment in seconds, as milliseconds from now. */
const secondsToWait = (seconds: number, headers: Headers, now: number): number =>
  seconds > EPOCH_SECONDS ? seconds * 1_000 - theirNow(headers, now) : seconds * 1_000

/**
 * How long the other side asks us to wait, in milliseconds; undefined when it does not say. Pure.
 *
 * Reads `Retry-After` in seconds or as a date, and `Retry-After-Ms`. Dates count from the answer's own `Date`, so two
 * clocks that disagree do no harm. Source: RFC 9110 section 10.2.3.
 *
 * @param now milliseconds since 1970
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const exact = (headers["retry-after-ms"] ?? "").trim()
  if (isNumber(exact)) {
    return clamp(Number(exact))
  }
  const text = (headers["retry-after"] ?? "").trim()
  if (isNumber(text)) {
    return clamp(secondsToWait(Number(text), headers, now))
  }
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : clamp(date - theirNow(headers, now))
}

/** What an answer's headers say about a limit. */
export interface LimitHeaders {
  readonly remaining: number
  readonly resetMs: number
}

/**
 * Reads `RateLimit-Remaining` and `RateLimit-Reset`, or the same with `X-` in front, as most services send them; null
 * when they are not both there. Pure. Source: draft-ietf-httpapi-ratelimit-headers up to 07.
 */
export function readLimitHeaders(headers: Headers, now: number): LimitHeaders | null {
  for (const prefix of ["ratelimit", "x-ratelimit"]) {
    const remaining = (headers[`${prefix}-remaining`] ?? "").trim()
    const reset = (headers[`${prefix}-reset`] ?? "").trim()
    if (isNumber(remaining) && isNumber(reset)) {
      return { remaining: Number(remaining), resetMs: clamp(secondsToWait(Number(reset), headers, now)) }
    }
  }
  return null
}
