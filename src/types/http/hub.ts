import type {
  ConnectionState,
  IssueSeverity,
  ListingLinkState,
  ListingStateName,
  RunItemOutcome,
  RunKind,
  RunState,
  SetupStep,
  WriteMode,
} from "../states"

/** Answers of `/admin/hub/…`, as the admin pages and other clients read them. Times are ISO 8601. */

export interface HubConnectionSummary {
  id: string
  name: string
  connector_id: string
  state: ConnectionState
  state_reason: string | null
  write_mode: WriteMode
  tags: string[]
  /** What is left to do before it is set up; null when it is. */
  setup_step: SetupStep | null
  listing_count: number
  in_sync_count: number
  pending_count: number
  failed_count: number
  skipped_count: number
  unlinked_count: number
  /** Age of the oldest change that the channel does not show yet; null when there is none. */
  oldest_pending_seconds: number | null
  /** Writes that the channel accepted, and changes that asked for one. */
  write_count: number
  change_count: number
  /** From the cause of a change to the channel's acceptance, over the last ten minutes. */
  latency_p50_ms: number | null
  latency_p95_ms: number | null
  open_issue_count: number
  order_count: number
  waiting_message_count: number
}

export interface HubIssue {
  id: string
  connection_id: string
  connection_name: string
  code: string
  severity: IssueSeverity
  message: string
  occurrence_count: number
  last_seen_at: string
}

export interface HubOverviewResponse {
  connections: HubConnectionSummary[]
  /** The newest open issues. */
  issues: HubIssue[]
  capture: "installed" | "absent" | "not-possible-yet"
}

/** Where a listing stands, or why it does not take part. */
export type HubListingRowState = ListingStateName | "unlinked" | "ignored"

export interface HubListingRow {
  /** Of the listing at one external location; stable, and the order of the list. */
  id: string
  listing_id: string
  connection_id: string
  connection_name: string
  /** Null while the listing is not linked. */
  external_location_id: string | null
  external_id: string
  external_sku: string | null
  title: string
  variant_id: string | null
  variant_sku: string | null
  /** Of the product and the variant. */
  variant_title: string | null
  link_state: ListingLinkState
  /** What made us link it: `sku`, `barcode`, `person`, … */
  link_evidence: string | null
  link_score: number | null
  /** What an unlinked listing may sell: see the listing itself. Without a variant, a person has to choose. */
  suggestion_score: number | null
  suggested_variant_id: string | null
  suggested_variant_sku: string | null
  pack_size: number
  desired: number | null
  acked: number | null
  observed: number | null
  state: HubListingRowState
  state_reason: string | null
  error: string | null
  pending_since: string | null
  last_write_at: string | null
}

export interface HubListingsResponse {
  listings: HubListingRow[]
  /** Pass it as `cursor` to read on; null at the end. */
  next_cursor: string | null
}

export interface HubExplanationStep {
  code: string
  params: Record<string, unknown>
  value: number | null
  text: string
}

export interface HubWhy {
  listing_id: string
  connection_id: string
  connection_name: string
  external_location_id: string
  external_sku: string | null
  title: string
  state: ListingStateName
  state_reason: string | null
  desired: number | null
  acked: number | null
  observed: number | null
  /** Null before the first number was sent. */
  explanation: {
    id: string
    quantity: number
    outcome: string | null
    caused_at: string
    computed_at: string
    settled_at: string | null
    steps: HubExplanationStep[]
    /** Whether recomputing from the stored inputs gives the number that was sent. */
    is_verified: boolean
  } | null
}

export interface HubWhyResponse {
  why: HubWhy[]
}

/** A batch of work that a person can see. */
export interface HubRun {
  id: string
  connection_id: string | null
  connection_name: string | null
  kind: RunKind
  state: RunState
  scope: Record<string, unknown> | null
  /** A user id, `cli`, or the name of a job. */
  requested_by: string | null
  /** Of the person or the API key; null for the hub itself, jobs and the command line. */
  requested_by_name: string | null
  total_count: number
  succeeded_count: number
  skipped_count: number
  failed_count: number
  error: string | null
  created_at: string
  started_at: string | null
  finished_at: string | null
  cancel_requested_at: string | null
}

/** One item of a run that did not simply succeed. */
export interface HubRunItem {
  listing_id: string
  external_sku: string | null
  title: string
  outcome: RunItemOutcome
  reason: string | null
  message: string | null
}

/** One thing that is wrong. */
export interface HubFinding {
  readonly severity: "degraded" | "down"
  readonly what: string
  /** What it means for the shop. */
  readonly means: string
  readonly fix: string
  /** The first ten that it is about. */
  readonly ids: readonly string[]
  readonly count: number
}

export interface HubCheck {
  readonly id: string
  readonly title: string
  /** `unknown`: it could not be asked, and `note` says why. */
  readonly status: "ok" | "degraded" | "down" | "unknown"
  readonly findings: readonly HubFinding[]
  readonly note: string | null
  /** What `hub doctor --fix` would do. */
  readonly repair: string | null
  readonly took_ms: number
}

/** `GET /admin/hub/health` */
export interface HubHealthResponse {
  readonly status: "ok" | "degraded" | "down"
  readonly checks: readonly HubCheck[]
}
