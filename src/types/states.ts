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

/** Where a listing stands at one external location. */
export const LISTING_STATES = ["in-sync", "pending", "skipped", "failed", "conflict"] as const

export type ListingStateName = (typeof LISTING_STATES)[number]

/** Whether we know which variant a listing sells. */
export const LISTING_LINK_STATES = ["linked", "unlinked", "ignored"] as const

export type ListingLinkState = (typeof LISTING_LINK_STATES)[number]

export const INBOX_STATES = ["accepted", "processed", "stale", "failed"] as const

export type InboxState = (typeof INBOX_STATES)[number]

export const RUN_STATES = ["running", "succeeded", "succeeded-with-problems", "failed"] as const

export const ISSUE_SEVERITIES = ["info", "warning", "critical"] as const

export type IssueSeverity = (typeof ISSUE_SEVERITIES)[number]
