import { defineHubRoutes } from "../../../support/hub-route"

/** What Medusa's own pages show of the hub. */
export const placeRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/products/:id/channels",
    action: "view",
    summary: "Read on which channels the variants of a product sell.",
    answer: "HubProductChannelsResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/product-variants/:id/why",
    action: "view",
    summary: "Explain every number of a product variant.",
    answer: "HubWhyResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/stock-locations/:id/channels",
    action: "view",
    summary: "Read which channels a stock location feeds.",
    answer: "HubLocationChannelsResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/sales-channels/:id/connections",
    action: "view",
    summary: "Read whose orders become orders of a sales channel.",
    answer: "HubSalesChannelConnectionsResponse",
  },
])
