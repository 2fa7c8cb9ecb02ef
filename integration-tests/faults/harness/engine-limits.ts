import type { EngineOptions } from "../../../src/types/options"

/** Limits of the tests: together they make a lease of two seconds. */
export const ENGINE: EngineOptions = {
  autostart: true,
  poll_interval_ms: 50,
  request_timeout_ms: 600,
  claim_to_call_ms: 600,
  order_concurrency: 4,
  allow_private_addresses: ["127.0.0.1"],
}

export const LATE_APPLY_WINDOW_MS = 800

export const LEASE_MS = ENGINE.request_timeout_ms + ENGINE.claim_to_call_ms + LATE_APPLY_WINDOW_MS
