import { defineMiddlewares, validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import { HUB_ROUTES } from "./hub-routes"
import { createHubGate } from "./support/hub-gate"
import { noteStockEdit, STOCK_ROUTES } from "./support/note-stock-edit"
import { rawBody } from "./support/raw-body"
import { validateBody } from "./support/validate-body"
import type { HubRoute } from "./support/hub-route"

/** A route that declares nothing takes nothing: a filter that is not known must not be ignored. */
const NOTHING = z.strictObject({})

const toMiddleware = ({ path, method, query = NOTHING, body, bodyLimit }: HubRoute): MiddlewareRoute => ({
  matcher: path,
  methods: [method],
  ...(bodyLimit ? { bodyParser: { sizeLimit: bodyLimit } } : {}),
  middlewares: [
    validateAndTransformQuery(query, { defaults: [], isList: false }),
    ...(method === "GET" ? [] : [validateBody(body ?? NOTHING.optional())]),
  ],
})

export default defineMiddlewares({
  routes: [
    {
      matcher: "/hooks/hub/:connection_id",
      methods: ["POST"],
      bodyParser: false,
      middlewares: [rawBody],
    },
    ...STOCK_ROUTES.map((matcher) => ({
      matcher,
      methods: ["POST" as const, "DELETE" as const],
      middlewares: [noteStockEdit],
    })),
    // Without methods, so that it stands before every route, and before those that are not there.
    { matcher: "/admin/hub", middlewares: [createHubGate(HUB_ROUTES)] },
    ...HUB_ROUTES.map(toMiddleware),
  ],
})
