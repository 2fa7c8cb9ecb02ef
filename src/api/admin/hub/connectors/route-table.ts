import { defineHubRoutes } from "../../../support/hub-route"

export const connectorRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/connectors",
    action: "view",
    summary: "List the connectors that a connection can be made with, and the forms of their settings.",
    answer: "HubConnectorsResponse",
  },
])
