import type { HubLinkFilter } from "../../types/http/mapping"
import type { ListingStateName } from "../../types/states"

/** Which listings. Null asks for everything. */
export interface ListingFilter {
  readonly connectionId: string | null
  /** Where it stands; unlinked and ignored listings stand nowhere, and have these words for it. */
  readonly state: ListingStateName | "unlinked" | "ignored" | null
  readonly link: HubLinkFilter | null
  /** Part of the channel's SKU, id, barcode or title, or the whole SKU of the variant. */
  readonly search: string | null
  /** Pending for longer than so many seconds. */
  readonly pendingLongerThan: number | null
}

export const EVERY_LISTING: ListingFilter = {
  connectionId: null,
  state: null,
  link: null,
  search: null,
  pendingLongerThan: null,
}

interface Conditions {
  /** On `hub_listing l` and, when `needsState`, `hub_listing_state s`. */
  readonly conditions: readonly string[]
  readonly bindings: Record<string, string | number | null>
  readonly needsState: boolean
}

/** Words out of these alone come into a statement as text, so that partial indexes are found. */
const STATE_SQL: Readonly<Record<ListingStateName, string>> = {
  "in-sync": "s.state = 'in-sync'",
  pending: "s.state = 'pending' AND (s.stale_version > s.acked_version OR s.recheck_at IS NOT NULL)",
  skipped: "s.state = 'skipped'",
  failed: "s.state = 'failed'",
  conflict: "s.state = 'conflict'",
  held: "s.state = 'held'",
}

const LINK_SQL: Readonly<Record<HubLinkFilter, string>> = {
  linked: "l.link_state = 'linked'",
  suggested: "l.link_state = 'unlinked' AND l.suggestion_score IS NOT NULL",
  unlinked: "l.link_state = 'unlinked' AND l.suggestion_score IS NULL",
  ignored: "l.link_state = 'ignored'",
}

/** The SKU of the variant has to be given whole: its index then finds it. What the channel calls it is found by any part. */
const SEARCH_SQL = `(l.search_text LIKE :search OR l.variant_id = ANY(ARRAY(
  SELECT found.id FROM product_variant found WHERE found.sku IN (:sku, upper(:sku), lower(:sku)) AND found.deleted_at IS NULL)))`

const likePattern = (search: string): string => `%${search.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`

/** Only conditions that are asked for: a statement that also serves all others is planned for none. */
export function conditionsOf(filter: ListingFilter): Conditions {
  const { connectionId, state, link, search, pendingLongerThan } = filter
  const isStanding = state !== null && state !== "unlinked" && state !== "ignored"
  const conditions = ["l.deleted_at IS NULL"]
  if (connectionId !== null) {
    conditions.push("l.connection_id = :connectionId")
  }
  if (isStanding) {
    conditions.push("l.link_state = 'linked'", STATE_SQL[state])
  } else if (state !== null) {
    conditions.push(state === "unlinked" ? "l.link_state = 'unlinked'" : LINK_SQL.ignored)
  }
  if (link !== null) {
    conditions.push(LINK_SQL[link])
  }
  if (search !== null) {
    conditions.push(SEARCH_SQL)
  }
  if (pendingLongerThan !== null) {
    conditions.push(
      "l.link_state = 'linked'",
      STATE_SQL.pending,
      "LEAST(s.stale_since, s.claimed_since) < now() - make_interval(secs => :pendingLongerThan)"
    )
  }
  return {
    conditions,
    needsState: isStanding || pendingLongerThan !== null,
    bindings: {
      ...(connectionId === null ? {} : { connectionId }),
      ...(search === null ? {} : { search: likePattern(search), sku: search }),
      ...(pendingLongerThan === null ? {} : { pendingLongerThan }),
    },
  }
}
