import { defineHubRoutes } from "../../../support/hub-route"
import { AdminGetHubInbound, AdminReplayHubInbound } from "./validators"

export const inboundRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/inbound",
    action: "view",
    summary: "List messages of channels, and deliveries that were rejected or came twice, newest first.",
    answer: "HubInboundResponse",
    query: AdminGetHubInbound,
  },
  {
    method: "POST",
    path: "/admin/hub/inbound/replay",
    action: "operate",
    summary: "Work on messages once more, as a run, or say what that would do.",
    answer: "HubReplayResponse",
    status: [200, 202],
    body: AdminReplayHubInbound,
  },
  {
    method: "GET",
    path: "/admin/hub/inbound/:id",
    action: "view",
    summary: "Read a message with its deliveries, without secrets and buyers.",
    answer: "HubInboundMessageResponse",
  },
])
