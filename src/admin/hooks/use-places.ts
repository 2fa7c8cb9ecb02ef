import { useQuery } from "@tanstack/react-query"
import type {
  HubLocationChannelsResponse,
  HubProductChannelsResponse,
  HubSalesChannelConnectionsResponse,
  HubWhyResponse,
} from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

const usePlace = <Answer>(path: string) =>
  useQuery({
    queryKey: ["hub", path],
    queryFn: ({ signal }) => sdk.client.fetch<Answer>(`/admin/hub/${path}`, { signal }),
    refetchInterval: 2 * POLL_MS,
    ...LIVE,
  })

const encode = encodeURIComponent

export const useVariantWhy = (id: string) => usePlace<HubWhyResponse>(`product-variants/${encode(id)}/why`)

export const useProductChannels = (id: string) =>
  usePlace<HubProductChannelsResponse>(`products/${encode(id)}/channels`)

export const useLocationChannels = (id: string) =>
  usePlace<HubLocationChannelsResponse>(`stock-locations/${encode(id)}/channels`)

export const useSalesChannelConnections = (id: string) =>
  usePlace<HubSalesChannelConnectionsResponse>(`sales-channels/${encode(id)}/connections`)
