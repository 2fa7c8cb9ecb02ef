import { z } from "@medusajs/framework/zod"
import { answer, parse, parseBody, parseQuery, RequestError, type Answer, type SimulatorRequest } from "./answer"
import { addListingsSchema, holdSchema, writesQuerySchema } from "./requests"
import { behaviourPatchSchema } from "./settings"
import type { Simulator } from "./simulator"

function changeSettings(simulator: Simulator, request: SimulatorRequest): Answer {
  const patch = parse(behaviourPatchSchema, parseBody(z.unknown(), request), "settings")
  try {
    return answer(simulator.patch(patch))
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined
    throw issue ? new RequestError(422, `${issue.path.join(".")}: ${issue.message}`) : error
  }
}

/** The whole state, without the token and the webhook secret. */
const stateOf = (simulator: Simulator): Answer =>
  answer({
    name: simulator.settings.name,
    settings: simulator.behaviour,
    has_locations: simulator.settings.has_locations,
    locations: simulator.shelf.locations,
    listings: simulator.shelf.page(0, simulator.shelf.size),
    stock: simulator.shelf.all(),
    orders: simulator.orders.all(),
    webhook_url: simulator.webhooks.subscriptionUrl,
  })

const ROUTES: Readonly<Record<string, (simulator: Simulator, request: SimulatorRequest) => Answer>> = {
  "GET /control/state": stateOf,
  "GET /control/stats": (simulator) => answer(simulator.stats),
  "GET /control/writes": (simulator, request) =>
    answer({ writes: simulator.writes.since(Number(parseQuery(writesQuerySchema, request).since ?? 0)) }),
  "POST /control/settings": changeSettings,
  "POST /control/hold": (simulator, request) => {
    const hold = parseBody(holdSchema, request)
    simulator.hold(hold)
    return answer(hold)
  },
  "POST /control/forget-webhook": (simulator) => {
    simulator.webhooks.forget()
    return answer({})
  },
  "POST /control/listings": (simulator, request) =>
    answer({ added: simulator.shelf.add(parseBody(addListingsSchema, request).listings), total: simulator.shelf.size }),
}

/** The operator's side: what the channel is, what it counted, and how it is to behave from now on. No token. */
export function answerControl(simulator: Simulator, request: SimulatorRequest): Answer {
  const route = ROUTES[`${request.method} ${request.path}`]
  if (!route) {
    throw new RequestError(404, `There is no ${request.method} ${request.path}.`)
  }
  return route(simulator, request)
}
