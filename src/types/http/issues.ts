import type { IssueSeverity, IssueState } from "../states"

/** One thing that is, or was, wrong. */
export interface HubIssueDetail {
  id: string
  connection_id: string
  connection_name: string
  listing_id: string | null
  external_sku: string | null
  code: string
  severity: IssueSeverity
  state: IssueState
  message: string
  occurrence_count: number
  created_at: string
  last_seen_at: string
  dismissed_at: string | null
  resolved_at: string | null
  /** Who dismissed or resolved it; null when it was over by itself. */
  closed_by: string | null
}

/** `GET /admin/hub/issues` */
export interface HubIssuesResponse {
  issues: HubIssueDetail[]
  /** Pass it as `cursor` to read on; null at the end. */
  next_cursor: string | null
}

/** Issues of one cause at one connection. */
export interface HubIssueGroup {
  connection_id: string
  connection_name: string
  code: string
  /** The gravest of its issues. */
  severity: IssueSeverity
  issue_count: number
  listing_count: number
  occurrence_count: number
  first_seen_at: string
  last_seen_at: string
  /** What the newest of its issues says. */
  message: string
}

/** `GET /admin/hub/issues/groups` */
export interface HubIssueGroupsResponse {
  groups: HubIssueGroup[]
  /** Issues by state, of the connection that was asked about. */
  counts: {
    open: number
    dismissed: number
    resolved: number
  }
}

/** What became of issues that were dismissed, resolved or opened again. */
export interface HubIssueChangeResponse {
  changed: number
}
