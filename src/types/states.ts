/** States of a connection, in the words that the admin shows. */
export const CONNECTION_STATES = [
  "draft",
  "testing",
  "connected",
  "degraded",
  "needs-reauthorisation",
  "paused",
  "maintenance",
  "deprecated",
  "disabled",
] as const

export type ConnectionState = (typeof CONNECTION_STATES)[number]

/** Lanes of connections in these states run; in all others work is parked and resumes by itself. */
export const RUNNING_CONNECTION_STATES = ["connected", "degraded"] as const satisfies readonly ConnectionState[]

/**
 * What can happen to a connection. Which of them may happen in which state, and where they lead, is in
 * `src/lib/connection-state.ts`.
 */
export const CONNECTION_EVENTS = [
  "begin-connecting",
  "connecting-failed",
  "connected",
  "answered",
  "unanswered",
  "refused",
  "reauthorised",
  "pause",
  "resume",
  "maintain",
  "connector-gone",
  "connector-back",
  "disable",
] as const

export type ConnectionEvent = (typeof CONNECTION_EVENTS)[number]

/** Events that a person may cause by themselves. */
export const PERSONAL_CONNECTION_EVENTS = [
  "pause",
  "resume",
  "maintain",
  "disable",
] as const satisfies readonly ConnectionEvent[]

export type PersonalConnectionEvent = (typeof PERSONAL_CONNECTION_EVENTS)[number]

/** What a connection may be allowed to do with its channel. What is not allowed is not done. */
export const CONNECTION_OPERATIONS = ["read-listings", "read-stock", "write-stock", "read-orders", "webhooks"] as const

export type ConnectionOperation = (typeof CONNECTION_OPERATIONS)[number]

/** What is left to do before a new connection is set up, in order. */
export const SETUP_STEPS = ["settings", "places", "import", "mapping", "rule", "preview"] as const

export type SetupStep = (typeof SETUP_STEPS)[number]

/** `shadow` computes everything and writes nothing; `live` writes. */
export const WRITE_MODES = ["shadow", "live"] as const

export type WriteMode = (typeof WRITE_MODES)[number]

/** Where a listing stands at one external location. `held` waits for a person: a preview, a guard. */
export const LISTING_STATES = ["in-sync", "pending", "skipped", "failed", "conflict", "held"] as const

export type ListingStateName = (typeof LISTING_STATES)[number]

/** Whether we know which variant a listing sells. */
export const LISTING_LINK_STATES = ["linked", "unlinked", "ignored"] as const

export type ListingLinkState = (typeof LISTING_LINK_STATES)[number]

/** What changed what listings sell. */
export const MAPPING_BATCH_KINDS = [
  "edit",
  "link",
  "unlink",
  "ignore",
  "unignore",
  "pack",
  "accept",
  "reject",
  "create",
  "csv",
  "undo",
] as const

export type MappingBatchKind = (typeof MAPPING_BATCH_KINDS)[number]

export const INBOX_STATES = ["accepted", "processed", "stale", "failed"] as const

/** What a delivery of a message was answered with. */
export const DELIVERY_OUTCOMES = ["accepted", "duplicate", "rejected"] as const

export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number]

/**
 * Where an inbound message stands, in the words of the log. `failed` is tried again; `rejected` and `duplicate` are deliveries
 * that brought no message.
 */
export const INBOUND_STATES = ["accepted", "processed", "stale", "failed", "duplicate", "rejected"] as const

/** States of messages that can be worked on once more. */
export const REPLAYABLE_STATES = [
  "processed",
  "stale",
  "failed",
] as const satisfies readonly (typeof INBOUND_STATES)[number][]

export type ReplayableState = (typeof REPLAYABLE_STATES)[number]

/** What a message is about. */
export const INBOUND_TOPICS = ["order", "stock", "uninstalled", "other"] as const

export type InboundTopic = (typeof INBOUND_TOPICS)[number]

export type InboundState = (typeof INBOUND_STATES)[number]

export type InboxState = (typeof INBOX_STATES)[number]

/** What a run can do. */
export const RUN_KINDS = [
  "import-listings",
  "take-snapshot",
  "go-live",
  "sync-all",
  "sync-single",
  "retry-failed",
  "reconcile",
  "sweep",
  "restore-snapshot",
  "zero-quantities",
  "replay-messages",
] as const

export type RunKind = (typeof RUN_KINDS)[number]

export const RUN_STATES = ["queued", "running", "succeeded", "succeeded-with-problems", "failed", "cancelled"] as const

export type RunState = (typeof RUN_STATES)[number]

/** What became of one item of a run. */
export const RUN_ITEM_OUTCOMES = ["succeeded", "skipped", "failed", "cancelled"] as const

export type RunItemOutcome = (typeof RUN_ITEM_OUTCOMES)[number]

/** What made a row stale since its last acknowledgement: a reservation, an edit of the stock, or something we cannot tell. */
export const STALE_CAUSES = ["sale", "edit", "other"] as const

export type StaleCause = (typeof STALE_CAUSES)[number]

export const BREAKER_STATES = ["closed", "open", "half-open"] as const

export type BreakerState = (typeof BREAKER_STATES)[number]

/** `watching` counts, `holding` has stopped a mass change, `released` lets it pass because a person said so. */
export const GUARD_STATES = ["watching", "holding", "released"] as const

export type GuardState = (typeof GUARD_STATES)[number]

export const ISSUE_SEVERITIES = ["info", "warning", "critical"] as const

export type IssueSeverity = (typeof ISSUE_SEVERITIES)[number]

/** `dismissed` is open as well, but nobody wants to read of it until it says something else. */
export const ISSUE_STATES = ["open", "dismissed", "resolved"] as const

export type IssueState = (typeof ISSUE_STATES)[number]
