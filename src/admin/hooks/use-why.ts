import { useQuery } from "@tanstack/react-query"
import type { HubWhyResponse } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

/** Why a listing shows what it shows, at each of its locations. */
export const useListingWhy = (listingId: string) =>
  useQuery({
    queryKey: ["hub", "why", "listing", listingId],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubWhyResponse>(`/admin/hub/listings/${encodeURIComponent(listingId)}/why`, { signal }),
    refetchInterval: POLL_MS,
    ...LIVE,
  })

/** The same for every listing that is made of an inventory item. */
export const useItemWhy = (inventoryItemId: string) =>
  useQuery({
    queryKey: ["hub", "why", "inventory-item", inventoryItemId],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubWhyResponse>(`/admin/hub/inventory-items/${encodeURIComponent(inventoryItemId)}/why`, {
        signal,
      }),
    refetchInterval: POLL_MS,
    ...LIVE,
  })
