import { toSearch, type ListingFilters } from "../hooks/use-listing-filters"

/** Where things are in the admin. */
export const LISTINGS_PATH = "/hub/listings"
export const RUNS_PATH = "/hub/runs"
export const ISSUES_PATH = "/hub/issues"
export const INBOUND_PATH = "/hub/inbound"

export const runPath = (id: string): string => `${RUNS_PATH}/${encodeURIComponent(id)}`

/** Messages of one channel, or in one state of them. */
export const inboundPath = (filters: Readonly<Record<string, string>>): string =>
  `${INBOUND_PATH}?${new URLSearchParams(filters).toString()}`

export const connectionPath = (id: string): string => `/hub/connections/${encodeURIComponent(id)}`

export const listingsPath = (filters: Partial<ListingFilters>): string => `${LISTINGS_PATH}${toSearch(filters)}`
