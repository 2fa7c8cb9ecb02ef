import { defineHubRoutes } from "../../../support/hub-route"
import { AdminBatchHubListings, AdminGetHubListings } from "./validators"

export const listingRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/listings",
    action: "view",
    summary: "List listings, one row for each external location.",
    answer: "HubListingsResponse",
    query: AdminGetHubListings,
  },
  {
    method: "POST",
    path: "/admin/hub/listings/batch",
    action: "configure",
    summary: "Link, unlink and ignore listings, and set pack sizes.",
    body: AdminBatchHubListings,
  },
  {
    method: "GET",
    path: "/admin/hub/listings/:id/why",
    action: "view",
    summary: "Explain the number of a listing.",
    answer: "HubWhyResponse",
  },
])
