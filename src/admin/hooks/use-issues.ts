import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { HubIssueGroup, HubIssueGroupsResponse, HubIssuesResponse, IssueState } from "../../types"
import { sdk } from "../lib/sdk"
import { LIVE, POLL_MS } from "./live"

/** Issues change when a person acts or a channel answers; nobody watches them by the second. */
const ISSUES_POLL_MS = 2 * POLL_MS

export const useIssueGroups = (state: IssueState) =>
  useQuery({
    queryKey: ["hub", "issue-groups", state],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubIssueGroupsResponse>("/admin/hub/issues/groups", { query: { state }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ISSUES_POLL_MS,
    ...LIVE,
  })

const MOST_ISSUES = 50

/** The newest issues of one group, at most 50. */
export const useIssuesOf = ({ connection_id: connectionId, code }: HubIssueGroup, state: IssueState) =>
  useQuery({
    queryKey: ["hub", "issues", connectionId, code, state],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubIssuesResponse>("/admin/hub/issues", {
        query: { connection_id: connectionId, code, state, limit: MOST_ISSUES },
        signal,
      }),
    refetchInterval: ISSUES_POLL_MS,
    ...LIVE,
  })
