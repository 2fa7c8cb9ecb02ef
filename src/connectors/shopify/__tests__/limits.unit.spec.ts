import { FakeShopify } from "../../../../fakes/shopify/fake-shopify"
import { createLimiter } from "../../../http/limits/create-limiter"
import type { LimitState } from "../../../http/limits/limiter"
import type { StockWrite } from "../../../types/channel"
import type { HttpClient } from "../../../types/http-port"
import type { ExternalListingId, ExternalLocationId } from "../../../types/ids"
import { newLessons, type Session } from "../graphql"
import { shopifyConnector } from "../index"
import { readShopifyUsage } from "../map-answer"
import { pullOrders } from "../pull-orders"
import { pushStock } from "../push-stock"
import { httpTo, OPTIONS } from "./fake-session"
import { VirtualClock } from "./virtual-clock"

const INCREASES = 10_000
const SOLD_OUT = 500
const BATCH = 250
/** How long Shopify takes over a call of 250 quantities; practitioners say one to three seconds. */
const LATENCY_MS = 1_500
/** What the smallest plan gives. */
const STANDARD = { capacity: 2_000, perSecond: 100 }

/** The gate in front of every call: the limits that the connector declares, kept by the reducers that ship, on a clock of ours. */
function gated(http: HttpClient, clock: VirtualClock): HttpClient {
  const [declared] = shopifyConnector.limits?.({ ...OPTIONS }) ?? []
  if (!declared) {
    throw new Error("The connector declares no limits.")
  }
  const limiter = createLimiter(declared)
  let state: LimitState = limiter.restore({}, clock.now())
  return {
    request: async (request) => {
      const cost = request.cost ?? 1
      for (;;) {
        const decision = limiter.decide(state, { cost, extra: 0, maxWaitMs: 5_000 }, clock.now())
        if (decision.kind === "never") {
          throw new Error(`A call of ${cost} points never goes.`)
        }
        state = decision.state
        await clock.sleep((decision.kind === "go" ? decision.at : decision.until) - clock.now())
        if (decision.kind === "go") {
          break
        }
      }
      await clock.sleep(LATENCY_MS / 2)
      const response = await http.request(request)
      await clock.sleep(LATENCY_MS / 2)
      const usage = readShopifyUsage(response)
      state = limiter.learn(state, { cost, isThrottled: false, usage, headers: null }, clock.now())
      return response
    },
  }
}

interface Pending {
  readonly write: StockWrite
  /** Sold out goes before everything else, as in the lane's claim. */
  readonly priority: number
  readonly since: number
}

describe("ten thousand changed articles within Shopify's limits", () => {
  it("takes hardly more calls than there have to be, and shows what is sold out at once", async () => {
    const clock = new VirtualClock()
    const products = [
      ...Array.from({ length: INCREASES + SOLD_OUT }, (_, index) => ({ sku: `S${index}`, quantity: 3 })),
      { sku: "bought", quantity: 1_000 },
    ]
    const fake = new FakeShopify({ products, points: STANDARD }, { now: clock.now })
    const session: Session = { http: gated(httpTo(fake), clock), options: OPTIONS, lessons: newLessons() }
    const items = [...fake.state.items.keys()] as ExternalListingId[]
    const place = fake.state.places[0]?.id as ExternalLocationId
    const pending: Pending[] = []
    const add = (index: number, quantity: number): void => {
      const write = {
        externalListingId: items[index] as ExternalListingId,
        externalLocationId: place,
        quantity,
        compareWith: 3,
      }
      pending.push({ write, priority: quantity === 0 ? 2 : 0, since: clock.now() })
    }
    for (let index = 0; index < INCREASES; index += 1) {
      add(index, 8)
    }
    const waits: number[] = []
    let isOver = false

    const lane = async (): Promise<void> => {
      while (waits.length < SOLD_OUT || pending.length > 0) {
        pending.sort((a, b) => b.priority - a.priority || a.since - b.since)
        const batch = pending.splice(0, BATCH)
        if (batch.length === 0) {
          await clock.sleep(250)
          continue
        }
        const outcomes = await pushStock(
          session,
          batch.map(({ write }) => write),
          `batch-${clock.now()}`
        )
        expect(outcomes.every(({ status }) => status === "accepted")).toBe(true)
        waits.push(...batch.filter(({ priority }) => priority > 0).map(({ since }) => clock.now() - since))
      }
      isOver = true
    }
    // Buyers empty shelves while the increases wait.
    const shelves = async (): Promise<void> => {
      for (let index = 0; index < SOLD_OUT; index += 1) {
        await clock.sleep(80)
        add(INCREASES + index, 0)
      }
    }
    // Orders are looked for meanwhile, which is dear: an order is counted for 450 points before it is known to cost 30.
    const buyers = async (): Promise<void> => {
      while (!isOver) {
        fake.orders.place({
          lines: [{ sku: "bought", quantity: 1, discounts: [], taxes: [] }],
          shipping: [],
          taxes_included: true,
          email: null,
          test: false,
          only_stock: false,
        })
        await pullOrders(session, null).catch(() => undefined)
        await clock.sleep(5_000)
      }
    }
    const begun = performance.now()
    const from = clock.now()
    await clock.run(Promise.all([lane(), shelves(), buyers()]))

    const calls = fake.stats.calls.HubSetQuantities ?? 0
    const least = Math.ceil((INCREASES + SOLD_OUT) / BATCH)
    const p95 = [...waits].sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? Infinity
    process.stdout.write(
      `shopify, ${INCREASES} increases and ${SOLD_OUT} sold out on a Standard plan: ${calls} calls (least ${least}), ` +
        `sold out shown p95 ${Math.round(p95)} ms, throttled ${fake.stats.throttled}, ` +
        `${Math.round((clock.now() - from) / 1_000)} s of the shop in ${Math.round(performance.now() - begun)} ms of ours\n`
    )
    expect(calls).toBeLessThanOrEqual(1.1 * least)
    expect(p95).toBeLessThan(60_000)
    expect(fake.stats.throttled).toBe(0)
    expect(fake.rules.report().examples).toEqual([])
  })
})
