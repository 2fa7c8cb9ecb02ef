import { useQuery } from "@tanstack/react-query"
import type { HubOverviewResponse } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

export const useOverview = () =>
  useQuery({
    queryKey: ["hub", "overview"],
    queryFn: ({ signal }) => sdk.client.fetch<HubOverviewResponse>("/admin/hub/overview", { signal }),
    refetchInterval: POLL_MS,
    ...LIVE,
  })
