import {
  defineMiddlewares,
  validateAndTransformBody,
  validateAndTransformQuery,
  type MiddlewareRoute,
} from "@medusajs/framework/http"
import { raw } from "express"
import { HUB_ROUTES } from "./hub-routes"
import type { HubRoute } from "./support/hub-route"

const toMiddleware = ({ path, method, query, body, bodyLimit }: HubRoute): MiddlewareRoute => ({
  matcher: path,
  methods: [method],
  ...(bodyLimit ? { bodyParser: { sizeLimit: bodyLimit } } : {}),
  middlewares: [
    ...(query ? [validateAndTransformQuery(query, { defaults: [], isList: false })] : []),
    ...(body ? [validateAndTransformBody(body)] : []),
  ],
})

export default defineMiddlewares({
  routes: [
    {
      // Signatures cover the raw bytes, whatever their content type says.
      matcher: "/hooks/hub/:connection_id",
      methods: ["POST"],
      bodyParser: false,
      middlewares: [raw({ type: () => true, limit: "1mb" })],
    },
    ...HUB_ROUTES.map(toMiddleware),
  ],
})
