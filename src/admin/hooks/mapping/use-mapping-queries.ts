import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import type {
  HubListingDetail,
  HubLocationMappingResponse,
  HubMappingBatch,
  HubMappingCountsResponse,
  HubPastNumbersResponse,
  HubSavedView,
  HubVariantChoice,
} from "../../../types"
import { sdk } from "../../lib/sdk"
import { LIVE } from "../live"

/** Counts and history change when somebody works on the mapping, not with every sale. */
const CALM_POLL_MS = 10_000

export const useMappingCounts = () =>
  useQuery({
    queryKey: ["hub", "mapping", "counts"],
    queryFn: ({ signal }) => sdk.client.fetch<HubMappingCountsResponse>("/admin/hub/mapping/counts", { signal }),
    refetchInterval: CALM_POLL_MS,
    ...LIVE,
  })

interface BatchesResponse {
  readonly batches: readonly HubMappingBatch[]
  readonly next_cursor: string | null
}

/** Changes of the mapping, the newest first. */
export const useMappingBatches = () =>
  useInfiniteQuery({
    queryKey: ["hub", "mapping", "batches"],
    queryFn: ({ pageParam, signal }) =>
      sdk.client.fetch<BatchesResponse>("/admin/hub/mapping/batches", {
        query: pageParam === null ? {} : { cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: CALM_POLL_MS,
    ...LIVE,
  })

export const useSavedViews = () =>
  useQuery({
    queryKey: ["hub", "mapping", "views"],
    queryFn: ({ signal }) => sdk.client.fetch<{ views: HubSavedView[] }>("/admin/hub/mapping/views", { signal }),
    ...LIVE,
  })

export const useListingDetail = (id: string | null) =>
  useQuery({
    queryKey: ["hub", "listing", id],
    queryFn: ({ signal }) =>
      sdk.client.fetch<{ listing: HubListingDetail }>(`/admin/hub/listings/${encodeURIComponent(id ?? "")}`, {
        signal,
      }),
    enabled: id !== null,
    ...LIVE,
  })

export const useVariantSearch = (search: string) =>
  useQuery({
    queryKey: ["hub", "mapping", "variants", search],
    queryFn: ({ signal }) =>
      sdk.client.fetch<{ variants: HubVariantChoice[] }>("/admin/hub/mapping/variants", {
        query: { q: search, limit: 8 },
        signal,
      }),
    enabled: search !== "",
    placeholderData: keepPreviousData,
    ...LIVE,
  })

export const useLocationMapping = (connectionId: string | null) =>
  useQuery({
    queryKey: ["hub", "locations", connectionId],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubLocationMappingResponse>(
        `/admin/hub/connections/${encodeURIComponent(connectionId ?? "")}/locations`,
        { signal }
      ),
    enabled: connectionId !== null,
    ...LIVE,
    refetchOnWindowFocus: false,
  })

/** What a listing was told to show, newest first. */
export const usePastNumbers = (listingId: string, externalLocationId: string) =>
  useInfiniteQuery({
    queryKey: ["hub", "numbers", listingId, externalLocationId],
    queryFn: ({ pageParam, signal }) =>
      sdk.client.fetch<HubPastNumbersResponse>(`/admin/hub/listings/${encodeURIComponent(listingId)}/numbers`, {
        query: {
          external_location_id: externalLocationId,
          limit: 10,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: CALM_POLL_MS,
    ...LIVE,
  })
