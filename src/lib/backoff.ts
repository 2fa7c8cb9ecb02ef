const BASE_MS = 250
const CAP_MS = 5 * 60_000

/**
 * How long to wait before the next attempt, in milliseconds: exponential with full jitter, capped at five minutes.
 *
 * There is no last attempt: a quantity that should be shown never expires.
 *
 * @param attempts how many have failed, at least 1
 * @param random from 0 up to 1
 */
export function backoffMs(attempts: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempts, 30))
  return Math.ceil(BASE_MS / 2 + random * (ceiling - BASE_MS / 2))
}
