import { defineHubRoutes } from "../../../support/hub-route"
import {
  AdminBatchHubListings,
  AdminCreateHubListing,
  AdminGetHubListings,
  AdminGetHubListingWhy,
  AdminGetHubPastNumbers,
} from "./validators"

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
    path: "/admin/hub/listings",
    action: "configure",
    summary: "Note a listing that the channel has but the hub never imported, and link it.",
    answer: "HubListingAddedResponse",
    status: 201,
    body: AdminCreateHubListing,
  },
  {
    method: "POST",
    path: "/admin/hub/listings/batch",
    action: "configure",
    summary: "Link, unlink and ignore listings, and set pack sizes, each as it says.",
    answer: "HubListingsChangedResponse",
    body: AdminBatchHubListings,
    bodyLimit: "10mb",
  },
  {
    method: "GET",
    path: "/admin/hub/listings/:id",
    action: "view",
    summary: "Read a listing with what may be linked to it.",
    answer: "HubListingDetailResponse",
  },
  {
    method: "GET",
    path: "/admin/hub/listings/:id/why",
    action: "view",
    summary: "Explain the number of a listing, now or at an earlier moment.",
    answer: "HubWhyResponse",
    query: AdminGetHubListingWhy,
  },
  {
    method: "GET",
    path: "/admin/hub/listings/:id/numbers",
    action: "view",
    summary: "List the numbers that a listing was given, with what made each of them another one.",
    answer: "HubPastNumbersResponse",
    query: AdminGetHubPastNumbers,
  },
])
