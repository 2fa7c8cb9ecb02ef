import { defineHubRoutes } from "../../../support/hub-route"
import { AdminChooseHubIssues, AdminGetHubIssueGroups, AdminGetHubIssues } from "./validators"

export const issueRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/issues",
    action: "view",
    summary: "List issues, those seen last first.",
    query: AdminGetHubIssues,
    answer: "HubIssuesResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/issues/groups",
    action: "view",
    summary: "List issues by cause and connection, the gravest first.",
    query: AdminGetHubIssueGroups,
    answer: "HubIssueGroupsResponse",
  },
  {
    method: "POST",
    path: "/admin/hub/issues/dismiss",
    action: "operate",
    summary: "Dismiss issues until they say something else.",
    body: AdminChooseHubIssues,
    answer: "HubIssueChangeResponse",
  },
  {
    method: "POST",
    path: "/admin/hub/issues/resolve",
    action: "operate",
    summary: "Say that issues have been dealt with.",
    body: AdminChooseHubIssues,
    answer: "HubIssueChangeResponse",
  },
  {
    method: "POST",
    path: "/admin/hub/issues/reopen",
    action: "operate",
    summary: "Show dismissed issues again.",
    body: AdminChooseHubIssues,
    answer: "HubIssueChangeResponse",
  },
])
