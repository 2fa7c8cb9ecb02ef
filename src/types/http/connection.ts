import type { HubErrorKind } from "../../lib/errors"
import type {
  BreakerState,
  ConnectionOperation,
  ConnectionState,
  GuardState,
  IssueSeverity,
  PersonalConnectionEvent,
  RunKind,
  RunState,
  SetupStep,
  WriteMode,
} from "../states"

/** Answers of `/admin/hub/connections/:id/…` and `/admin/hub/connectors`. Times are ISO 8601. */

/** A setting that is given in code or by the environment. It cannot be changed in the admin. */
export interface HubLockedSetting {
  origin: "code" | "environment"
  /** The key in the plugin option `connections`, or the name of the variable. */
  where: string
}

/** Numbers of a connection's listings, for the sentences that warn before something is done to all of them. */
export interface HubConnectionCounts {
  listings: number
  linked: number
  unlinked: number
  ignored: number
  /** Numbers that the channel shows: one for each linked listing at each of its places. */
  numbers: number
  in_sync: number
  pending: number
  failed: number
  held: number
  skipped: number
  /** Numbers above zero that the channel shows, as far as we know. */
  shown_above_zero: number
  open_issues: number
  active_runs: number
}

export interface HubConnectionLimit {
  name: string
  kind: "token-bucket" | "cost-bucket" | "daily-quota" | "adaptive"
  per_second: number | null
  per_day: number | null
  used_today: number | null
  /** The channel has asked us not to call before. */
  paused_until: string | null
}

export interface HubConnectionHealth {
  /** Null before the first check. */
  checked_at: string | null
  took_ms: number | null
  failure: string | null
  breaker: BreakerState
  failure_count: number
  /** Nobody calls the channel before. */
  not_before: string | null
  not_before_reason: string | null
  guard: GuardState
  limits: HubConnectionLimit[]
}

export interface HubConnectionPlace {
  stock_location_id: string
  stock_location_name: string | null
  external_location_id: string
}

export interface HubConnectionDetail {
  id: string
  name: string
  connector_id: string
  /** The connector's label; its id when it is not installed any more. */
  connector_label: string
  state: ConnectionState
  state_reason: string | null
  write_mode: WriteMode
  /** Counts the changes of its settings. */
  version: number
  tags: string[]
  sales_channel_id: string | null
  sales_channel_name: string | null
  /** Public settings as they hold now. */
  settings: Record<string, unknown>
  quantity_rule: Record<string, number | boolean | null>
  allowed_operations: ConnectionOperation[]
  request_timeout_ms: number | null
  most_attempts: number | null
  error_mapping: Record<string, HubErrorKind>
  daily_quota: number | null
  retention_days: number | null
  /** By name: options of the connector and fields of the connection. */
  locked: Record<string, HubLockedSetting>
  /** What is left to do before it is set up; null when it is. */
  setup_step: SetupStep | null
  connected_at: string | null
  created_at: string
  /** What a person may do to it in the state that it is in. */
  possible_events: PersonalConnectionEvent[]
  is_deletable: boolean
  places: HubConnectionPlace[]
  counts: HubConnectionCounts
  health: HubConnectionHealth
  oldest_pending_seconds: number | null
  latency_p50_ms: number | null
  latency_p95_ms: number | null
}

export interface HubConnectionResponse {
  connection: HubConnectionDetail
}

/** Outcome of a test of settings: nothing was stored. */
export interface HubConnectionTestResponse {
  is_ok: boolean
  took_ms: number
  /** Null when all is well. */
  failure: { kind: HubErrorKind; message: string } | null
}

export interface HubExternalLocationsResponse {
  /** A channel that knows no locations has one, called `*`. */
  locations: { id: string; name: string }[]
}

export interface HubSnapshot {
  id: string
  reason: string
  item_count: number
  taken_at: string
  restored_at: string | null
}

export type ConnectionChangeKind = "state" | "settings" | "credentials" | "mode"

export interface HubFieldChange {
  field: string
  from: unknown
  to: unknown
}

/** One thing that happened to a connection, whatever it was. */
export type HubTimelineEntry =
  | {
      type: "change"
      id: string
      at: string
      kind: ConnectionChangeKind
      version: number
      requested_by: string | null
      /** Null for the hub itself and its jobs. */
      requested_by_name: string | null
      reason: string | null
      changes: HubFieldChange[]
    }
  | {
      type: "run"
      id: string
      at: string
      kind: RunKind
      state: RunState
      requested_by: string | null
      /** Null for the hub itself and its jobs. */
      requested_by_name: string | null
      total_count: number
      failed_count: number
      error: string | null
      finished_at: string | null
    }
  | {
      type: "issue"
      id: string
      at: string
      code: string
      severity: IssueSeverity
      message: string
      resolved_at: string | null
    }

export interface HubTimelineResponse {
  entries: HubTimelineEntry[]
  next_cursor: string | null
}

/** How far the contract suite has tried a connector out. `untested` says nothing of its quality, only that nobody looked. */
export type HubSupportLevel = "full" | "stock" | "read-only" | "untested"

/** One field of a connector's form. */
export interface HubConnectorOption {
  name: string
  type: "text" | "url" | "number" | "boolean"
  label: string
  help: string | null
  is_required: boolean
  /** Goes in and never comes out. */
  is_secret: boolean
  default: number | boolean | null
  min: number | null
  max: number | null
}

/** A connector's words in another language. Null: they stay as they are. */
export interface HubConnectorTexts {
  description: string | null
  dependencies: string[] | null
  guide: string[] | null
  /** By the name of the option. */
  options: Record<string, { label: string | null; help: string | null }>
}

export interface HubConnector {
  id: string
  label: string
  description: string
  developer: string | null
  version: string | null
  support: HubSupportLevel
  /** What of the contract it has passed. */
  passed: string[]
  /** What it can do. */
  capabilities: string[]
  dependencies: string[]
  /** How to set it up, in short steps. */
  guide: string[]
  guide_url: string | null
  is_built_in: boolean
  options: HubConnectorOption[]
  connection_count: number
  /** By language. */
  translations: Record<string, HubConnectorTexts>
}

export interface HubConnectorsResponse {
  connectors: HubConnector[]
}
