import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import type { ChannelOrderFilter, HubChannelOrderResponse, HubChannelOrdersResponse } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

const PAGE = 50

/** Orders of channels, page by page. */
export const useChannelOrders = (filter: ChannelOrderFilter, connectionId: string | null) =>
  useInfiniteQuery({
    queryKey: ["hub", "orders", filter, connectionId],
    queryFn: ({ pageParam, signal }) =>
      sdk.client.fetch<HubChannelOrdersResponse>("/admin/hub/orders", {
        query: {
          filter,
          limit: PAGE,
          ...(connectionId === null ? {} : { connection_id: connectionId }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: 2 * POLL_MS,
    ...LIVE,
  })

/** What is known of the channel's order behind an order of Medusa. */
export const useChannelOrder = (orderId: string) =>
  useQuery({
    queryKey: ["hub", "order", orderId],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubChannelOrderResponse>(`/admin/hub/orders/${encodeURIComponent(orderId)}`, { signal }),
    refetchInterval: 2 * POLL_MS,
    ...LIVE,
  })
