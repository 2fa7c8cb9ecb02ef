import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import type { HubRunResponse, HubRunsResponse, RunKind, RunState } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

/** Null asks for everything. */
export interface RunFilters {
  readonly channel: string | null
  readonly kind: RunKind | null
  readonly state: RunState | null
}

const PAGE_SIZE = 30

export const useRuns = (filters: RunFilters) =>
  useInfiniteQuery({
    queryKey: ["hub", "runs", filters],
    queryFn: ({ pageParam, signal }) =>
      sdk.client.fetch<HubRunsResponse>("/admin/hub/runs", {
        query: {
          limit: PAGE_SIZE,
          ...(filters.channel === null ? {} : { connection_id: filters.channel }),
          ...(filters.kind === null ? {} : { kind: filters.kind }),
          ...(filters.state === null ? {} : { state: filters.state }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
    ...LIVE,
  })

export const useRun = (id: string) =>
  useQuery({
    queryKey: ["hub", "run", id],
    queryFn: ({ signal }) => sdk.client.fetch<HubRunResponse>(`/admin/hub/runs/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: POLL_MS,
    ...LIVE,
  })
