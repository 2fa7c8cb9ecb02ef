import { defineMiddlewares, validateAndTransformBody, validateAndTransformQuery } from "@medusajs/framework/http"
import { raw } from "express"
import {
  AdminConnectHubConnection,
  AdminCreateHubConnection,
  AdminReplaceHubCredentials,
  AdminUpdateHubWriteMode,
} from "./admin/hub/connections/validators"
import { AdminBatchHubListings, AdminGetHubListings } from "./admin/hub/listings/validators"
import { AdminGetHubOverview } from "./admin/hub/overview/validators"
import { AdminCreateHubRun, AdminGetHubRuns } from "./admin/hub/runs/validators"

const NO_DEFAULTS = { defaults: [], isList: false }

export default defineMiddlewares({
  routes: [
    {
      // Signatures cover the raw bytes, whatever their content type says.
      matcher: "/hooks/hub/:connection_id",
      methods: ["POST"],
      bodyParser: false,
      middlewares: [raw({ type: () => true, limit: "1mb" })],
    },
    {
      matcher: "/admin/hub/overview",
      methods: ["GET"],
      middlewares: [validateAndTransformQuery(AdminGetHubOverview, NO_DEFAULTS)],
    },
    {
      matcher: "/admin/hub/connections",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(AdminCreateHubConnection)],
    },
    {
      matcher: "/admin/hub/connections/:id/connect",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(AdminConnectHubConnection)],
    },
    {
      matcher: "/admin/hub/connections/:id/write-mode",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(AdminUpdateHubWriteMode)],
    },
    {
      matcher: "/admin/hub/runs",
      methods: ["GET"],
      middlewares: [validateAndTransformQuery(AdminGetHubRuns, NO_DEFAULTS)],
    },
    {
      matcher: "/admin/hub/runs",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(AdminCreateHubRun)],
    },
    {
      matcher: "/admin/hub/connections/:id/credentials",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(AdminReplaceHubCredentials)],
    },
    {
      matcher: "/admin/hub/listings",
      methods: ["GET"],
      middlewares: [validateAndTransformQuery(AdminGetHubListings, NO_DEFAULTS)],
    },
    {
      matcher: "/admin/hub/listings/batch",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(AdminBatchHubListings)],
    },
  ],
})
