import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { HubActivityResponse, HubMetricsResponse } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

/** @param isPaused nothing is fetched until it is over */
export const useActivity = (isPaused: boolean) =>
  useQuery({
    queryKey: ["hub", "activity"],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubActivityResponse>("/admin/hub/activity", { query: { limit: 15 }, signal }),
    ...LIVE,
    enabled: !isPaused,
    refetchInterval: 2 * POLL_MS,
  })

/** Counting a month takes a while, and does not change by the second. */
const METRICS_POLL_MS = 30_000

export const useMetrics = (period: HubMetricsResponse["period"]) =>
  useQuery({
    queryKey: ["hub", "metrics", period],
    queryFn: ({ signal }) => sdk.client.fetch<HubMetricsResponse>("/admin/hub/metrics", { query: { period }, signal }),
    ...LIVE,
    placeholderData: keepPreviousData,
    refetchInterval: METRICS_POLL_MS,
    refetchOnWindowFocus: false,
  })
