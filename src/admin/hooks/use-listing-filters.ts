import { useCallback, useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type { HubListingRowState } from "../../types"
import { LISTING_STATES as LISTING_STATE_WORDS } from "../texts/en/words"

/** Null and "" ask for everything. */
export interface ListingFilters {
  readonly search: string
  readonly channel: string | null
  readonly state: HubListingRowState | null
}

export const LISTING_STATE_NAMES = Object.keys(LISTING_STATE_WORDS).filter(isListingState)

function isListingState(name: string): name is HubListingRowState {
  return Object.hasOwn(LISTING_STATE_WORDS, name)
}

const MAX_SEARCH_LENGTH = 100

function fromParams(params: URLSearchParams): ListingFilters {
  const state = params.get("state") ?? ""
  return {
    search: (params.get("q") ?? "").trim().slice(0, MAX_SEARCH_LENGTH),
    channel: params.get("channel"),
    state: isListingState(state) ? state : null,
  }
}

/** The query string for these filters: where a number that counts listings leads to. */
export function toSearch({ search = "", channel = null, state = null }: Partial<ListingFilters>): string {
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
  const query = params.toString()
  return query === "" ? "" : `?${query}`
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
