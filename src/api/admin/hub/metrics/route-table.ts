import { defineHubRoutes } from "../../../support/hub-route"
import { AdminGetHubActivity, AdminGetHubMetrics } from "./validators"

export const insightRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/metrics",
    action: "view",
    summary: "Measure how well numbers reach their channels, in a period.",
    query: AdminGetHubMetrics,
    answer: "HubMetricsResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/queue",
    action: "view",
    summary: "Read what waits, what is being worked on, and by which workers.",
    answer: "HubQueueResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/activity",
    action: "view",
    summary: "Read what happened lately, the newest first.",
    query: AdminGetHubActivity,
    answer: "HubActivityResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/openapi",
    action: "view",
    summary: "Read the OpenAPI document of these routes.",
    answer: "HubOpenApiDocument",
  },
])
