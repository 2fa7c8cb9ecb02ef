import { defineHubRoutes } from "../../../support/hub-route"
import { AdminCreateHubRun, AdminGetHubRuns } from "./validators"

export const runRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/runs",
    action: "view",
    summary: "List runs, newest first.",
    query: AdminGetHubRuns,
  },
  { method: "POST", path: "/admin/hub/runs", action: "operate", summary: "Request a run.", body: AdminCreateHubRun },
  { method: "GET", path: "/admin/hub/runs/:id", action: "view", summary: "Read a run and what went wrong in it." },
  { method: "POST", path: "/admin/hub/runs/:id/cancel", action: "operate", summary: "Ask a run to stop." },
  {
    method: "POST",
    path: "/admin/hub/runs/:id/retry",
    action: "operate",
    summary: "Try the failed items of a run again.",
  },
])
