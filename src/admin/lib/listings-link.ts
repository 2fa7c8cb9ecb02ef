import type { ListingLinkState } from "../../types"

/** Leads to the page Listings & mapping, filtered to a connection and, unless null, to where its listings stand. */
export function listingsLink(connectionId: string, state: ListingLinkState | null): string {
  const params = new URLSearchParams({ channel: connectionId })
  if (state !== null) {
    params.set("link", state)
  }
  return `/hub/listings?${params.toString()}`
}
