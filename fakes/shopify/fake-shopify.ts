import { setMaxListeners } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { seededRandom } from "../../src/connectors/simulator/server/chaos"
import { Access } from "./access"
import { answerQuestion } from "./answer-question"
import { PointsBucket } from "./cost"
import { IdempotencyKeys } from "./inventory"
import { isApiVersion, loadLimits, type ProseLimits } from "./load-schema"
import { OrderBook, type FakeOrder, type OrderEvent } from "./order-book"
import { RuleBook } from "./prose-rules"
import { resolversOf, type Shop } from "./resolvers"
import {
  behaviourPatchSchema,
  MISBEHAVIOURS,
  settingsSchema,
  type Behaviour,
  type FakeShopifyInput,
  type FakeShopifySettings,
  type Misbehaviour,
} from "./settings"
import { ShopState, type LevelChange } from "./shop-state"
import { levelBody, orderBody, refundBody } from "./webhook-bodies"
import { WebhookSender } from "./webhook-sender"

export interface FakeRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** `silence` is never answered, `cut` is cut off. */
export type FakeAnswer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "silence"
  | "cut"

/** What it counted. */
export interface FakeStats {
  readonly calls: Record<string, number>
  throttled: number
  invalid: number
  orders: number
}

/** A shop on Shopify, as far as its Admin API goes. Knows no socket and no clock: it is handed requests and the time. */
export class FakeShopify {
  readonly settings: FakeShopifySettings
  readonly stats: FakeStats = { calls: {}, throttled: 0, invalid: 0, orders: 0 }
  readonly rules = new RuleBook()
  readonly limits: ProseLimits = loadLimits()
  readonly keys = new IdempotencyKeys()
  readonly state: ShopState
  readonly orders: OrderBook
  readonly access: Access
  readonly webhooks: WebhookSender
  readonly bucket: PointsBucket
  readonly resolvers: Record<string, unknown>
  private readonly abort = new AbortController()
  private readonly random: () => number
  #behaviour: Behaviour

  constructor(
    input: FakeShopifyInput = {},
    { now = Date.now, domain = "fake.myshopify.com" }: { readonly now?: () => number; readonly domain?: string } = {}
  ) {
    const settings = settingsSchema.parse(input)
    this.settings = settings
    // Every message on its way listens to it: many is what a busy shop looks like.
    setMaxListeners(0, this.abort.signal)
    this.#behaviour = settings
    this.now = now
    this.random = seededRandom(settings.seed)
    this.bucket = new PointsBucket(settings.points, now())
    this.access = new Access(settings, now)
    this.webhooks = new WebhookSender({
      secret: () => settings.client_secret,
      domain,
      signal: this.abort.signal,
      random: this.random,
      rates: () => ({ drop: this.#behaviour.webhook_drop_rate, duplicate: this.#behaviour.webhook_duplicate_rate }),
    })
    this.state = new ShopState(settings, (change) => this.tellLevel(change))
    this.orders = new OrderBook(this.state, now, (event, order) => this.tellOrder(event, order))
    const { state, orders, keys } = this
    const shop: Shop = { settings, state, orders, keys, now, domain, behaviour: () => this.#behaviour }
    this.resolvers = resolversOf(shop)
  }

  readonly now: () => number

  get behaviour(): Behaviour {
    return this.#behaviour
  }

  change(patch: unknown): Behaviour {
    const changed = behaviourPatchSchema.parse(patch)
    this.#behaviour = { ...this.#behaviour, ...(changed as Partial<Behaviour>) }
    return this.#behaviour
  }

  /** Ends whatever waits. */
  stop(): void {
    this.abort.abort()
  }

  /** The merchant removes the app: every token ends, and the app is told. */
  uninstall(): void {
    this.webhooks.emit("app/uninstalled", Buffer.from('{"id":1,"name":"Fake"}'), this.state.subscriptions)
    this.access.isUninstalled = true
    this.access.revoke()
  }

  /** What happens to a call instead of an answer. */
  accident(): Misbehaviour | null {
    const { chaos } = this.#behaviour
    return MISBEHAVIOURS.find((name) => this.random() < (chaos[name] ?? 0)) ?? null
  }

  async answer(request: FakeRequest): Promise<FakeAnswer> {
    if (this.#behaviour.latency_ms > 0) {
      await sleep(this.#behaviour.latency_ms, undefined, { signal: this.abort.signal }).catch(() => undefined)
    }
    if (request.method === "POST" && request.path === "/admin/oauth/access_token") {
      return this.access.grant(parseBody(request))
    }
    const [, version = ""] = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(request.path) ?? []
    if (request.method !== "POST" || !isApiVersion(version)) {
      return { status: 404, body: { errors: "Not Found" } }
    }
    if (!this.access.mayEnter(request.headers["x-shopify-access-token"])) {
      return {
        status: 401,
        body: { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" },
      }
    }
    return answerQuestion(this, version, parseBody(request))
  }

  private tellLevel(change: LevelChange): void {
    this.webhooks.emit("inventory_levels/update", levelBody(change, this.now()), this.state.subscriptions)
  }

  private tellOrder(event: OrderEvent, order: FakeOrder): void {
    const refund = order.refunds.at(-1)
    const body =
      event === "refunds/create" && refund ? refundBody(order, refund) : orderBody(order, this.settings.currency)
    this.webhooks.emit(event, body, this.state.subscriptions)
  }
}

function parseBody({ body, headers }: FakeRequest): Readonly<Record<string, unknown>> {
  if (headers["content-type"]?.includes("x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body))
  }
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}
