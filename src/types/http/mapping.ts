import type { ListingLinkState, MappingBatchKind } from "../states"

/** Answers of `/admin/hub/listings/…` and of the mapping of locations. Times are ISO 8601. */

/** `suggested` is unlinked with at least one candidate. */
export const HUB_LINK_FILTERS = ["linked", "suggested", "unlinked", "ignored"] as const

export type HubLinkFilter = (typeof HUB_LINK_FILTERS)[number]

export interface HubMappingCounts {
  connection_id: string
  connection_name: string
  linked: number
  /** Unlinked, with a suggestion. Not counted as unlinked as well. */
  suggested: number
  unlinked: number
  ignored: number
}

export interface HubMappingCountsResponse {
  total: Omit<HubMappingCounts, "connection_id" | "connection_name">
  connections: HubMappingCounts[]
}

export interface HubEvidence {
  code: "sku" | "barcode" | "sku-normalised" | "title"
  value?: string
  is_gtin?: boolean
  listing?: string
  variant?: string
  percent?: number
}

export interface HubCandidate {
  variant_id: string
  variant_sku: string | null
  variant_title: string | null
  product_title: string | null
  score: number
  evidence: HubEvidence[]
}

/** One listing with all that can be said about its link. */
export interface HubListingDetail {
  id: string
  connection_id: string
  connection_name: string
  external_id: string
  external_sku: string | null
  external_barcode: string | null
  title: string
  variant_id: string | null
  variant_sku: string | null
  variant_title: string | null
  link_state: ListingLinkState
  link_evidence: string | null
  link_score: number | null
  pack_size: number
  /** Null where two candidates are as good: then a person has to choose. */
  suggested_variant_id: string | null
  suggestion_score: number | null
  candidates: HubCandidate[]
}

export interface HubMappingSkip {
  /** Why they were left alone. */
  reason: string
  count: number
}

export interface HubMappingChangeResponse {
  /** Null when nothing had to change, and after a dry run. */
  batch: HubMappingBatch | null
  changed_count: number
  skipped: HubMappingSkip[]
}

export interface HubMappingBatch {
  id: string
  kind: MappingBatchKind
  scope: Record<string, unknown> | null
  requested_by: string | null
  /** E-mail or name of the user; null where nobody is known. */
  requested_by_name: string | null
  item_count: number
  skipped_count: number
  undone_at: string | null
  undone_by_name: string | null
  left_count: number
  created_at: string
}

export interface HubMappingLeft {
  listing_id: string
  external_sku: string | null
  title: string
  changed_by: string | null
  changed_at: string | null
}

export interface HubMappingUndoResponse {
  batch: HubMappingBatch | null
  undone_count: number
  left_count: number
  left: HubMappingLeft[]
}

export interface HubVariantChoice {
  id: string
  sku: string | null
  barcode: string | null
  title: string
  product_title: string
}

export interface HubSavedView {
  id: string
  name: string
  filters: Record<string, string>
}

/** One cell of an import that cannot be taken. */
export interface HubCsvProblem {
  line: number
  /** Null where it is the row as a whole. */
  column: string | null
  message: string
  /** What to do about it. */
  fix: string
}

export interface HubCsvDifference {
  line: number
  listing_id: string | null
  external_id: string
  external_sku: string | null
  kind: "changed" | "new"
  /** By column. */
  changes: { column: string; before: string; after: string }[]
}

export interface HubCsvPreview {
  row_count: number
  changed_count: number
  new_count: number
  unchanged_count: number
  /** Rows that cannot be taken. */
  bad_count: number
  /** The first 200 each. */
  differences: HubCsvDifference[]
  problems: HubCsvProblem[]
}

export interface HubCsvImportResponse {
  preview: HubCsvPreview
  batch: HubMappingBatch | null
}

export interface HubLocationMappingEntry {
  stock_location_id: string
  stock_location_name: string
  /** Null while it feeds nothing of this channel. */
  external_location_id: string | null
}

export interface HubLocationMappingResponse {
  /** Null when the channel keeps one number for everything. */
  external_locations: { external_id: string; name: string }[] | null
  /** Why the channel could not be asked for its locations; null when it answered. */
  external_problem: string | null
  entries: HubLocationMappingEntry[]
}

export interface HubLocationChange {
  external_location_id: string
  kind: "added" | "removed" | "fed-by-others"
  before: string[]
  after: string[]
  /** Numbers that appear, go, or are computed anew. */
  listing_count: number
}

export interface HubLocationChangesResponse {
  is_dry_run: boolean
  changes: HubLocationChange[]
}

/** One thing that made a number another one. */
export interface HubNumberCause {
  /**
   * `sale` and `released`: units were reserved, or given back. `fulfilled`: reserved units left the shelf. `edited`: the stock
   * itself was changed. `mapping`: another variant or pack. `rule`, `variant`, `limit`, `component`, `level`: what they say.
   */
  code: "sale" | "released" | "fulfilled" | "edited" | "mapping" | "rule" | "variant" | "limit" | "component" | "level"
  item: string | null
  location: string | null
  field: string | null
  from: string | null
  to: string | null
  /** Name or e-mail of a user, or title of an API key. Null: nobody is known, because it was not changed through the Admin API. */
  who: string | null
  order_id: string | null
  /** The order's number in Medusa. */
  order_number: string | null
  /** The channel that took the order, and its number there. */
  order_channel: string | null
  order_external_id: string | null
}

/** One number of the past. */
export interface HubPastNumber {
  /** Of its explanation. */
  id: string
  quantity: number
  outcome: string | null
  caused_at: string
  computed_at: string
  settled_at: string | null
  /** Empty when nothing that we keep was another than before; null for the first number that we keep. */
  causes: HubNumberCause[] | null
}

export interface HubPastNumbersResponse {
  numbers: HubPastNumber[]
  next_cursor: string | null
}
