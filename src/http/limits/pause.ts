/** How long the first pause is when the channel does not say, in milliseconds. */
const FIRST_MS = 1_000
const LONGEST_MS = 60_000

export interface Pause {
  readonly from: number
  readonly until: number
}

/**
 * How long nobody calls after a refusal (429). Null when a pause is on already that is long enough: calls that were sent
 * together are refused together.
 *
 * Without a word from the channel each pause is twice the one before, unless it has been quiet since for as long.
 *
 * @param askedMs what the channel asks for; undefined when it does not say
 */
export function pauseAfter(last: Pause | null, askedMs: number | undefined, now: number): Pause | null {
  if (askedMs !== undefined && askedMs > 0) {
    const until = now + askedMs
    return last && last.until >= until ? null : { from: now, until }
  }
  if (last && last.until > now) {
    return null
  }
  const lastMs = last ? last.until - last.from : 0
  const isFresh = last === null || now - last.until > lastMs
  return { from: now, until: now + (isFresh ? FIRST_MS : Math.min(lastMs * 2, LONGEST_MS)) }
}
