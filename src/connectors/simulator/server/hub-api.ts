import { createHash, timingSafeEqual } from "node:crypto"
import { answer, parseBody, parseQuery, problem, RequestError, type Answer, type SimulatorRequest } from "./answer"
import type { CallFate } from "./chaos"
import {
  noQuerySchema,
  orderQuerySchema,
  pageQuerySchema,
  readInventorySchema,
  setInventorySchema,
  webhookSchema,
} from "./requests"
import type { Simulator } from "./simulator"
import { requireBatchSize, writeInventory } from "./write-inventory"

type Route = (simulator: Simulator, request: SimulatorRequest, fate: CallFate) => Answer | Promise<Answer>

function pageOf(simulator: Simulator, request: SimulatorRequest): { offset: number; limit: number } {
  const { cursor, limit } = parseQuery(pageQuerySchema, request)
  const { page_size } = simulator.behaviour
  return { offset: Number(cursor ?? 0), limit: Math.min(Number(limit ?? page_size), page_size) }
}

const ROUTES: Readonly<Record<string, Route>> = {
  "GET /v1/ping": (simulator, request) => {
    parseQuery(noQuerySchema, request)
    const { max_batch, compare_and_set } = simulator.behaviour
    const { name, has_locations } = simulator.settings
    return answer({ name, max_batch, compare_and_set, has_locations })
  },
  "GET /v1/locations": (simulator, request) => {
    parseQuery(noQuerySchema, request)
    return answer({ locations: simulator.settings.has_locations ? simulator.shelf.locations : [] })
  },
  "GET /v1/listings": (simulator, request) => {
    const { offset, limit } = pageOf(simulator, request)
    const end = offset + limit
    return answer({
      listings: simulator.shelf.page(offset, limit),
      next_cursor: end < simulator.shelf.size ? String(end) : null,
    })
  },
  "GET /v1/orders": (simulator, request) => {
    const { offset, limit } = pageOf(simulator, request)
    const orders = simulator.orders.changedAfter(offset, limit)
    const last = orders.at(-1)
    return answer({ orders, next_cursor: last ? String(last.sequence) : null })
  },
  "POST /v1/inventory/read": (simulator, request) => {
    const { items } = parseBody(readInventorySchema, request)
    requireBatchSize(simulator, items.length)
    return answer({ items: items.map((slot) => ({ ...slot, quantity: simulator.shelf.shown(slot) })) })
  },
  "POST /v1/inventory/set": (simulator, request, fate) =>
    writeInventory(simulator, parseBody(setInventorySchema, request), fate),
  "GET /v1/order": (simulator, request) => {
    const { id } = parseQuery(orderQuerySchema, request)
    const order = simulator.orders.all().find((each) => each.id === id)
    return order ? answer({ order }) : problem(404, `There is no order ${id}.`)
  },
  "GET /v1/webhook": (simulator, request) => {
    parseQuery(noQuerySchema, request)
    const url = simulator.webhooks.subscriptionUrl
    return answer({ subscriptions: url === null ? [] : [{ id: "webhook", topic: "all", url }] })
  },
  "PUT /v1/webhook": (simulator, request) => {
    const subscription = parseBody(webhookSchema, request)
    simulator.webhooks.subscribe(subscription)
    return answer({ url: subscription.url })
  },
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()

const isAuthorized = (simulator: Simulator, request: SimulatorRequest): boolean =>
  simulator.behaviour.accepts_token &&
  (timingSafeEqual(digest(request.authorization), digest(`Bearer ${simulator.settings.token}`)) ||
    (simulator.oauth?.accepts(request.authorization.replace(/^Bearer /, "")) ?? false))

const tooManyCalls = (waitMs: number): Answer =>
  problem(429, "Too many calls.", {
    "retry-after": String(Math.max(1, Math.ceil(waitMs / 1_000))),
    // Whole seconds are coarse for a fake that has to make tests wait as little as possible.
    "retry-after-ms": String(Math.ceil(waitMs)),
  })

/** Why the call is turned away before anything is done, or null. */
function refuse(simulator: Simulator, request: SimulatorRequest, fate: CallFate): Answer | null {
  const { stats } = simulator
  if (!isAuthorized(simulator, request)) {
    stats.unauthorized += 1
    return problem(401, "The bearer token is missing or wrong.")
  }
  const waitMs = simulator.takeToken()
  if (waitMs > 0 || fate.rateLimited) {
    stats.rate_limited += 1
    return tooManyCalls(waitMs || 100)
  }
  if (fate.failed) {
    stats.errors_injected += 1
    return problem(500, "Broke down by chance.")
  }
  return null
}

async function carryOut(simulator: Simulator, request: SimulatorRequest, fate: CallFate): Promise<Answer> {
  const route = ROUTES[`${request.method} ${request.path}`]
  try {
    if (!route) {
      throw new RequestError(404, `There is no ${request.method} ${request.path}.`)
    }
    const given = await route(simulator, request, fate)
    if (given !== "cut" && fate.answerDropped) {
      simulator.stats.answers_dropped += 1
      return "cut"
    }
    return given !== "cut" && fate.malformed ? { status: 200, body: "<html>Down for maintenance</html>" } : given
  } catch (error) {
    if (error instanceof RequestError) {
      simulator.stats.validation_errors += 1
      return problem(error.status, error.message)
    }
    throw error
  }
}

/** Answers a call of the hub: with a token, with limits, with delays, and with whatever chaos has in store for it. */
export async function answerHub(simulator: Simulator, request: SimulatorRequest): Promise<Answer> {
  const { stats, behaviour } = simulator
  const name = `${request.method} ${request.path}`
  const routeName = Object.hasOwn(ROUTES, name) ? name : "other"
  stats.calls += 1
  stats.calls_by_route[routeName] = (stats.calls_by_route[routeName] ?? 0) + 1
  stats.concurrent_calls += 1
  stats.max_concurrent_calls = Math.max(stats.max_concurrent_calls, stats.concurrent_calls)
  try {
    const fate = simulator.chaos.nextCall(behaviour.chaos)
    const halfMs = (behaviour.latency_ms + fate.jitter * behaviour.jitter_ms) / 2
    await simulator.wait(halfMs)
    const given = refuse(simulator, request, fate) ?? (await carryOut(simulator, request, fate))
    await simulator.wait(halfMs)
    const { answer_form: form, redirect_to: redirectTo } = behaviour
    return given === "cut" || form === "plain" ? given : { ...given, hostile: { form, redirectTo } }
  } finally {
    stats.concurrent_calls -= 1
  }
}
