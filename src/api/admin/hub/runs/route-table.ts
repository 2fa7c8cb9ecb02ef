import { defineHubRoutes } from "../../../support/hub-route"
import { AdminCreateHubRun, AdminGetHubRuns } from "./validators"

export const runRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/runs",
    action: "view",
    summary: "List runs, newest first.",
    answer: "HubRunsResponse",
    query: AdminGetHubRuns,
  },
  {
    method: "POST",
    path: "/admin/hub/runs",
    action: "operate",
    summary: "Request a run.",
    answer: "HubRunResponse",
    status: 202,
    body: AdminCreateHubRun,
  },
  {
    method: "GET",
    path: "/admin/hub/runs/:id",
    action: "view",
    summary: "Read a run and what went wrong in it.",
    answer: "HubRunResponse",
  },
  {
    method: "POST",
    path: "/admin/hub/runs/:id/cancel",
    action: "operate",
    summary: "Ask a run to stop.",
    answer: "HubRunResponse",
  },
  {
    method: "POST",
    path: "/admin/hub/runs/:id/retry",
    action: "operate",
    summary: "Try the failed items of a run again.",
    answer: "HubRunResponse",
    status: 202,
  },
])
