import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { isThere, type NamedThing } from "../../engine/queries/is-there"
import type { HubRoute } from "./hub-route"
import { accessOf, refusal } from "./check-access"
import { findFault, findIdFault } from "./find-fault"
import { createRouteMatcher, type FoundRoute, type RouteMatch } from "./match-route"

interface Refusal {
  readonly status: number
  readonly type: string
  readonly message: string
  readonly allow?: string
}

const isAuthenticated = (req: MedusaRequest): req is AuthenticatedMedusaRequest => "auth_context" in req

const FORM = /^(application\/x-www-form-urlencoded|multipart\/)/i

/** Longest piece of a path that is said back. */
const SHOWN_CHARACTERS = 200

/** What is wrong with a request whatever its route makes of it; null when nothing is. */
function faultOf(req: MedusaRequest, params: readonly string[]): string | null {
  const idFault = params.map(findIdFault).find((fault) => fault !== null)
  return idFault ?? findFault(req.query) ?? findFault(req.body)
}

/** `/admin/hub/<things>/:id…`: what the first id is of. Other ids are their routes' own business. */
const THINGS: Readonly<Record<string, NamedThing>> = {
  connections: "connection",
  listings: "listing",
  runs: "run",
  "inventory-items": "inventory item",
  products: "product",
  "product-variants": "product variant",
  "stock-locations": "stock location",
  "sales-channels": "sales channel",
}

/** Says so where the path names something that is not there, in one way for all routes. */
async function missingOf(req: MedusaRequest, { route, params }: FoundRoute): Promise<string | null> {
  const [, things = ""] = /^\/admin\/hub\/([a-z-]+)\/:/.exec(route.path) ?? []
  const thing = THINGS[things]
  const [encoded] = params
  if (thing === undefined || encoded === undefined) {
    return null
  }
  const id = decodeURIComponent(encoded)
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  return (await isThere(sql, thing, id)) ? null : `There is no ${thing} ${id}.`
}

async function judge(req: MedusaRequest, match: RouteMatch): Promise<Refusal | null> {
  const path = `${req.baseUrl}${req.path}`.slice(0, SHOWN_CHARACTERS)
  if (match.kind === "none") {
    return { status: 404, type: "not_found", message: `There is no route ${req.method} ${path}.` }
  }
  if (match.kind === "other-methods") {
    const message = `${path} takes ${match.methods.join(" or ")}, not ${req.method}.`
    return { status: 405, type: "not_allowed", message, allow: match.methods.join(", ") }
  }
  if (!isAuthenticated(req)) {
    return { status: 401, type: "unauthorized", message: "Log in first." }
  }
  const access = await accessOf(req)
  if (!access.actions.includes(match.route.action)) {
    return { status: 403, type: "forbidden", message: refusal(access, match.route.action) }
  }
  if (FORM.test(req.get("content-type") ?? "")) {
    const message = "The body has to be JSON, with the content type application/json."
    return { status: 415, type: "invalid_data", message }
  }
  const fault = faultOf(req, match.params)
  if (fault !== null) {
    return { status: 400, type: "invalid_data", message: fault }
  }
  const missing = await missingOf(req, match)
  return missing === null ? null : { status: 404, type: "not_found", message: missing }
}

/**
 * Every request to the hub's Admin API passes here after the login and before anything else. What is not in the table of
 * routes is not served; who may not do what the table says is told so; what no route could take is refused in words.
 */
export function createHubGate(
  routes: readonly HubRoute[]
): (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction) => Promise<void> {
  const matchRoute = createRouteMatcher(routes)
  return async (req, res, next) => {
    const refused =
      req.method === "OPTIONS" ? null : await judge(req, matchRoute(req.method, `${req.baseUrl}${req.path}`))
    if (!refused) {
      next()
      return
    }
    if (refused.allow !== undefined) {
      res.setHeader("Allow", refused.allow)
    }
    res.status(refused.status).json({ type: refused.type, message: refused.message })
  }
}
