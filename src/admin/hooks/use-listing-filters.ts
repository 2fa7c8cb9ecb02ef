import { useCallback, useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type { HubLinkFilter, HubListingRowState } from "../../types"
import { LISTING_STATES as LISTING_STATE_WORDS } from "../texts/en/words"

/** Null and "" ask for everything. */
export interface ListingFilters {
  readonly search: string
  readonly channel: string | null
  readonly state: HubListingRowState | null
  readonly link: HubLinkFilter | null
  /** Pending for longer than so many seconds. */
  readonly pendingLongerThan: number | null
}

export const NO_FILTERS: ListingFilters = {
  search: "",
  channel: null,
  state: null,
  link: null,
  pendingLongerThan: null,
}

/** In the order of the header. A list of its own: the admin takes types from the server, and nothing else. */
export const LINK_FILTERS = ["linked", "suggested", "unlinked", "ignored"] as const satisfies readonly HubLinkFilter[]

export const LISTING_STATE_NAMES = Object.keys(LISTING_STATE_WORDS).filter(isListingState)

function isListingState(name: string): name is HubListingRowState {
  return Object.hasOwn(LISTING_STATE_WORDS, name)
}

const MAX_SEARCH_LENGTH = 100

function fromParams(params: URLSearchParams): ListingFilters {
  const state = params.get("state") ?? ""
  const link = params.get("link")
  const pending = Number(params.get("pending") ?? NaN)
  return {
    search: (params.get("q") ?? "").trim().slice(0, MAX_SEARCH_LENGTH),
    channel: params.get("channel"),
    state: isListingState(state) ? state : null,
    link: LINK_FILTERS.find((name) => name === link) ?? null,
    pendingLongerThan: Number.isSafeInteger(pending) && pending >= 0 ? pending : null,
  }
}

/** The query string for these filters: where a number that counts listings leads to. */
export function toSearch(filters: Partial<ListingFilters>): string {
  const { search, channel, state, link, pendingLongerThan } = { ...NO_FILTERS, ...filters }
  const params = new URLSearchParams()
  if (search.trim() !== "") {
    params.set("q", search.trim())
  }
  if (channel !== null) {
    params.set("channel", channel)
  }
  if (state !== null) {
    params.set("state", state)
  }
  if (link !== null) {
    params.set("link", link)
  }
  if (pendingLongerThan !== null) {
    params.set("pending", String(pendingLongerThan))
  }
  const query = params.toString()
  return query === "" ? "" : `?${query}`
}

/** The same filters as the Admin API takes them. */
export function toApiFilter(filters: ListingFilters): Record<string, string | number> {
  const { search, channel, state, link, pendingLongerThan } = filters
  return {
    ...(search === "" ? {} : { q: search }),
    ...(channel === null ? {} : { connection_id: channel }),
    ...(state === null ? {} : { state }),
    ...(link === null ? {} : { link }),
    ...(pendingLongerThan === null ? {} : { pending_longer_than: pendingLongerThan }),
  }
}

/** The filters live in the address, so that a view can be linked to and survives a reload. */
export function useListingFilters() {
  const [params, setParams] = useSearchParams()
  const filters = useMemo(() => fromParams(params), [params])
  const setFilters = useCallback(
    (change: Partial<ListingFilters>) =>
      setParams((current) => new URLSearchParams(toSearch({ ...fromParams(current), ...change })), { replace: true }),
    [setParams]
  )
  return { filters, setFilters }
}
