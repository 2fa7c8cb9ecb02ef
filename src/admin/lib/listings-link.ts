import type { ListingLinkState } from "../../types"

/** Leads to the page Listings & mapping, filtered to a connection and, unless null, to where its listings stand. */
export function listingsLink(connectionId: string, state: ListingLinkState | null): string {
  const params = new URLSearchParams({ connection_id: connectionId })
  if (state !== null) {
    params.set("link_state", state)
  }
  return `/hub/mappings?${params.toString()}`
}
