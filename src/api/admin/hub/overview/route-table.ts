import { defineHubRoutes } from "../../../support/hub-route"
import { AdminGetHubOverview } from "./validators"

export const overviewRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/overview",
    action: "view",
    summary: "Read how all connections stand and what needs a person.",
    answer: "HubOverviewResponse",
    query: AdminGetHubOverview,
  },
  {
    method: "GET",
    path: "/admin/hub/health",
    action: "view",
    summary: "Run every check of the hub's own health.",
    answer: "HubHealthResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/inventory-items/:id/why",
    action: "view",
    summary: "Explain every number that depends on an inventory item.",
    answer: "HubWhyResponse",
  },
])
