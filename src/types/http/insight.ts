/** How well numbers reached channels, in one period. Null where nothing happened that could be measured. */
export interface HubMetricFigures {
  /** Listings whose channel is known to show what it should, of all whose channel's number is known; 0 to 1. Of now. */
  accuracy_rate: number | null
  equal_count: number
  known_count: number
  /** From the cause of a change to the channel's acceptance, in milliseconds. */
  sync_time_mean_ms: number | null
  sync_time_p95_ms: number | null
  /** Numbers that were sent and answered, and those of them that the channel took. */
  sent_count: number
  accepted_count: number
  /** `accepted_count / sent_count`; 0 to 1. */
  success_rate: number | null
  /** From raising an issue to its end, over issues that ended in the period, in seconds. */
  resolve_time_mean_seconds: number | null
  resolved_issue_count: number
  open_issue_count: number
  /** Calls to channels since midnight UTC, and in the period. */
  calls_today: number
  call_count: number
  failed_call_count: number
}

export interface HubConnectionMetrics extends HubMetricFigures {
  connection_id: string
  connection_name: string
  /** Calls that a daily quota of the channel counted today; null where none is known. */
  quota_used: number | null
}

/** `GET /admin/hub/metrics` */
export interface HubMetricsResponse {
  period: "1h" | "24h" | "7d" | "30d"
  from: string
  to: string
  overall: HubMetricFigures
  connections: HubConnectionMetrics[]
}

/** What waits for one connection's lane. */
export interface HubQueueLane {
  connection_id: string
  connection_name: string
  pending_count: number
  oldest_pending_seconds: number | null
  leased_count: number
  retrying_count: number
  held_count: number
  inbox_waiting_count: number
  breaker_state: "closed" | "half-open" | "open"
  /** Nobody calls the channel before, and why. */
  not_before: string | null
  not_before_reason: string | null
}

/** A process whose engine runs, or ran lately. */
export interface HubQueueWorker {
  id: string
  host: string
  pid: number
  version: string
  started_at: string
  seen_at: string
  is_alive: boolean
}

/** `GET /admin/hub/queue` */
export interface HubQueueResponse {
  pending: {
    count: number
    oldest_seconds: number | null
    /** By how long they have been waiting. */
    by_age: {
      under_10s: number
      under_1min: number
      under_5min: number
      under_1h: number
      over_1h: number
    }
  }
  /** Captured changes of stock that nobody has marked yet; at most 100,000 are counted. */
  captured_count: number
  leased_count: number
  retrying_count: number
  held_count: number
  inbox: {
    waiting_count: number
    retrying_count: number
    failed_count: number
    oldest_seconds: number | null
  }
  runs: {
    queued_count: number
    running_count: number
  }
  workers: HubQueueWorker[]
  lanes: HubQueueLane[]
}

/** Something that happened. What is counted is in `count`, what it is about in `subject`. */
export interface HubActivity {
  id: string
  at: string
  kind: "held" | "issue" | "order" | "run" | "sent"
  connection_id: string | null
  connection_name: string | null
  /** A run's kind, an issue's code, an order's number on the channel, a guard's state. */
  subject: string | null
  /** A run's state, an issue's severity. */
  detail: string | null
  count: number
  /** Of the run, where there is one. */
  run_id: string | null
}

/** `GET /admin/hub/activity` */
export interface HubActivityResponse {
  activity: HubActivity[]
}
