import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { HubWhyResponse } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

/** Which of its numbers: the newest without any, the one in force at a moment, or one of the past by id. */
export interface WhyMoment {
  readonly at?: string
  readonly number_id?: string
}

/** Why a listing shows what it shows, or showed then, at each of its locations. What is past is not asked twice. */
export const useListingWhy = (listingId: string, moment: WhyMoment = {}) =>
  useQuery({
    queryKey: ["hub", "why", "listing", listingId, moment],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubWhyResponse>(`/admin/hub/listings/${encodeURIComponent(listingId)}/why`, {
        query: { ...moment },
        signal,
      }),
    refetchInterval: Object.keys(moment).length === 0 ? POLL_MS : false,
    placeholderData: keepPreviousData,
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
