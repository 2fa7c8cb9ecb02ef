/** Limits of the tests: together they make a lease of two seconds. */
export const ENGINE = {
  poll_interval_ms: 50,
  request_timeout_ms: 600,
  claim_to_call_ms: 600,
  order_concurrency: 4,
} as const

export const LATE_APPLY_WINDOW_MS = 800

export const LEASE_MS = ENGINE.request_timeout_ms + ENGINE.claim_to_call_ms + LATE_APPLY_WINDOW_MS
