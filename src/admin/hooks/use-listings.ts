import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import type { HubListingsResponse } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"
import { toApiFilter, type ListingFilters } from "./use-listing-filters"

const PAGE_SIZE = 50

const toQuery = (filters: ListingFilters, cursor: string | null): Record<string, string | number> => ({
  limit: PAGE_SIZE,
  ...toApiFilter(filters),
  ...(cursor === null ? {} : { cursor }),
})

/** Refetches every loaded page, and the seldomer the more there are: the server is asked once per poll whatever is open. */
export const useListings = (filters: ListingFilters) =>
  useInfiniteQuery({
    queryKey: ["hub", "listings", filters],
    queryFn: ({ pageParam, signal }) =>
      sdk.client.fetch<HubListingsResponse>("/admin/hub/listings", { query: toQuery(filters, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => POLL_MS * Math.max(1, query.state.data?.pages.length ?? 1),
    ...LIVE,
  })
