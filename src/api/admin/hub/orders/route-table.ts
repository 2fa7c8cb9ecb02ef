import { defineHubRoutes } from "../../../support/hub-route"
import { AdminGetHubOrders } from "./validators"

export const orderRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/orders",
    action: "view",
    summary: "List orders of channels, those placed last first.",
    query: AdminGetHubOrders,
    answer: "HubChannelOrdersResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/orders/:id",
    action: "view",
    summary: "Read what is known of the channel's order behind an order of Medusa.",
    answer: "HubChannelOrderResponse",
  },
  {
    method: "POST",
    path: "/admin/hub/orders/:id/release",
    action: "operate",
    summary: "Let an order pass that is held because its totals differ.",
    answer: "HubChannelOrderResponse",
  },
])
