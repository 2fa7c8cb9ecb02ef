import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { HubRoute } from "./hub-route"
import { accessOf, refusal } from "./check-access"
import { findFault, findIdFault } from "./find-fault"
import { createRouteMatcher, type RouteMatch } from "./match-route"

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
  return fault === null ? null : { status: 400, type: "invalid_data", message: fault }
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
