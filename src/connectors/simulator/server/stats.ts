/** Counters since the start. Only hub-facing calls are counted as calls. */
export interface Stats {
  calls: number
  /** Calls by method and path. */
  calls_by_route: Record<string, number>
  /** Items of writes that were applied, late ones included. */
  items_written: number
  items_rejected: number
  conflicts: number
  rate_limited: number
  unauthorized: number
  /** Requests of the hub that broke the rules of the API. A correct hub leaves this at 0. */
  validation_errors: number
  /** Writes refused as a whole because of one listing in them. */
  poisoned_calls: number
  errors_injected: number
  answers_dropped: number
  writes_applied_late: number
  writes_repeated: number
  webhooks_sent: number
  /** Attempts that were not answered 2xx. */
  webhook_attempts_failed: number
  /** Webhooks given up after the last attempt. */
  webhooks_failed: number
  webhooks_dropped: number
  webhooks_waiting: number
  orders: number
  units_sold: number
  concurrent_calls: number
  max_concurrent_calls: number
}

export const newStats = (): Stats => ({
  calls: 0,
  calls_by_route: {},
  items_written: 0,
  items_rejected: 0,
  conflicts: 0,
  rate_limited: 0,
  unauthorized: 0,
  validation_errors: 0,
  poisoned_calls: 0,
  errors_injected: 0,
  answers_dropped: 0,
  writes_applied_late: 0,
  writes_repeated: 0,
  webhooks_sent: 0,
  webhook_attempts_failed: 0,
  webhooks_failed: 0,
  webhooks_dropped: 0,
  webhooks_waiting: 0,
  orders: 0,
  units_sold: 0,
  concurrent_calls: 0,
  max_concurrent_calls: 0,
})
