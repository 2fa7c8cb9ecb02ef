import { defineHubRoutes } from "../../../support/hub-route"
import { AdminGetHubAccess, AdminGrantHubAccess } from "./validators"

export const accessRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/access",
    action: "view",
    summary: "Read what you may do, and what others were granted.",
    answer: "HubAccessResponse",
    query: AdminGetHubAccess,
  },
  {
    method: "POST",
    path: "/admin/hub/access/:subject_id",
    action: "secrets",
    summary: "Grant a user or a secret API key a preset, or take the grant away.",
    answer: "HubAccessGrantResponse",
    body: AdminGrantHubAccess,
  },
])
