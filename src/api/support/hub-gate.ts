import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { HubRoute } from "./hub-route"
import { accessOf, refusal } from "./check-access"
import { findFault, findIdFault } from "./find-fault"
import { createRouteMatcher } from "./match-route"

const refuse = (res: MedusaResponse, status: number, type: string, message: string): void => {
  res.status(status).json({ type, message })
}

const isAuthenticated = (req: MedusaRequest): req is AuthenticatedMedusaRequest => "auth_context" in req

const FORM = /^(application\/x-www-form-urlencoded|multipart\/)/i

/** What is wrong with a request before its route is asked; null when nothing is. */
function faultOf(req: MedusaRequest, params: readonly string[]): string | null {
  const idFault = params.map(findIdFault).find((fault) => fault !== null)
  return idFault ?? findFault(req.query) ?? findFault(req.body)
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
    const path = `${req.baseUrl}${req.path}`
    const match = matchRoute(req.method, path)
    if (req.method === "OPTIONS") {
      return next()
    }
    if (match.kind === "none") {
      return refuse(res, 404, "not_found", `There is no route ${req.method} ${path.slice(0, 200)}.`)
    }
    if (match.kind === "other-methods") {
      res.setHeader("Allow", match.methods.join(", "))
      return refuse(
        res,
        405,
        "not_allowed",
        `${path.slice(0, 200)} takes ${match.methods.join(" or ")}, not ${req.method}.`
      )
    }
    if (!isAuthenticated(req)) {
      return refuse(res, 401, "unauthorized", "Log in first.")
    }
    const access = await accessOf(req)
    if (!access.actions.includes(match.route.action)) {
      return refuse(res, 403, "forbidden", refusal(access, match.route.action))
    }
    if (FORM.test(req.get("content-type") ?? "")) {
      return refuse(res, 415, "invalid_data", "The body has to be JSON, with the content type application/json.")
    }
    const fault = faultOf(req, match.params)
    return fault === null ? next() : refuse(res, 400, "invalid_data", fault)
  }
}
