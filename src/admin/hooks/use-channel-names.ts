import { useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/sdk"

interface NamedConnection {
  readonly id: string
  readonly name: string
}

/** Ids and names of all connections, for filters. */
export const useChannelNames = () =>
  useQuery({
    queryKey: ["hub", "channel-names"],
    queryFn: async ({ signal }) =>
      (await sdk.client.fetch<{ connections: NamedConnection[] }>("/admin/hub/connections", { signal })).connections,
    staleTime: 60_000,
  })
