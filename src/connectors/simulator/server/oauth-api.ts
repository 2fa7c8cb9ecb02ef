import { z } from "@medusajs/framework/zod"
import { answer, parseBody, RequestError, type Answer, type SimulatorRequest } from "./answer"
import type { OAuthServer } from "./oauth-server"
import type { Simulator } from "./simulator"

const serverOf = ({ oauth }: Simulator): OAuthServer => {
  if (!oauth) {
    throw new RequestError(404, "This simulator hands out no tokens. Start it with oauth.")
  }
  return oauth
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** The page on which a person says yes or no. */
function askPage(simulator: Simulator, request: SimulatorRequest): Answer {
  serverOf(simulator)
  const query = escape(new URLSearchParams(request.query).toString())
  const name = escape(simulator.settings.name)
  return {
    status: 200,
    body:
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><body><main><h1>${name}</h1>` +
      `<p>medusa-stock-hub wants to read orders and to set stock.</p>` +
      `<p><a href="/oauth/allow?${query}">Allow</a> <a href="/oauth/deny?${query}">Do not allow</a></p></main></body></html>`,
  }
}

function sendBack(url: string | null): Answer {
  if (url === null) {
    throw new RequestError(
      400,
      "client_id, response_type, redirect_uri or code_challenge_method is not what it should be."
    )
  }
  return { status: 302, body: "", headers: { location: url } }
}

const controlSchema = z.strictObject({
  /** Every token is worth nothing. */
  revoke: z.boolean().default(false),
  /** Access tokens end now. */
  expire: z.boolean().default(false),
  /** The token endpoint is down for so many calls. */
  down_for: z.number().int().min(0).optional(),
})

function control(simulator: Simulator, request: SimulatorRequest): Answer {
  const oauth = serverOf(simulator)
  const wanted = parseBody(controlSchema, request)
  if (wanted.revoke) {
    oauth.revoke()
  }
  if (wanted.expire) {
    oauth.expire()
  }
  if (wanted.down_for !== undefined) {
    oauth.downFor = wanted.down_for
  }
  return answer(oauth.counts)
}

const ROUTES: Readonly<Record<string, (simulator: Simulator, request: SimulatorRequest) => Answer>> = {
  "GET /oauth/authorize": askPage,
  "GET /oauth/allow": (simulator, request) => sendBack(serverOf(simulator).allow(request.query)),
  "GET /oauth/deny": (simulator, request) => sendBack(serverOf(simulator).deny(request.query)),
  "POST /oauth/token": (simulator, request) => {
    const form = Object.fromEntries(new URLSearchParams(request.rawBody.toString("utf8")))
    const { status, body } = serverOf(simulator).token(form)
    return answer(body, status)
  },
  "GET /control/oauth": (simulator) => answer(serverOf(simulator).counts),
  "POST /control/oauth": control,
}

export const isOAuth = ({ path }: SimulatorRequest): boolean => path.startsWith("/oauth/") || path === "/control/oauth"

/** The pages and the endpoint that tokens come from. */
export function answerOAuth(simulator: Simulator, request: SimulatorRequest): Answer {
  const route = ROUTES[`${request.method} ${request.path}`]
  if (!route) {
    throw new RequestError(404, `There is no ${request.method} ${request.path}.`)
  }
  return route(simulator, request)
}
