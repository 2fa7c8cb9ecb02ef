import { FakeShopify } from "../../../../fakes/shopify/fake-shopify"
import type { FakeShopifyInput } from "../../../../fakes/shopify/settings"
import { OutcomeUnknownError } from "../../../lib/outcome-unknown"
import type { StockWrite } from "../../../types/channel"
import type { HttpClient, HttpRequest } from "../../../types/http-port"
import type { ExternalListingId, ExternalLocationId } from "../../../types/ids"
import { newLessons, type Session } from "../graphql"
import type { ShopifyOptions } from "../options"

const TOKEN = "shpat_fake_lasting_token"

export const OPTIONS: ShopifyOptions = {
  shop: "example.myshopify.com",
  client_id: undefined,
  client_secret: "hush_shopify_client_secret",
  access_token: TOKEN,
  ask_on_shopify: false,
  api_version: undefined,
  buyer_currency: false,
}

/** A way to a fake without a socket: what is sent is a text, as on a wire. */
export function httpTo(fake: FakeShopify, onRequest: (request: HttpRequest) => void = () => undefined): HttpClient {
  return {
    request: async (request) => {
      onRequest(request)
      const answer = await fake.answer({
        method: request.method,
        path: request.path,
        headers: { "content-type": "application/json", ...request.headers },
        body: JSON.stringify(request.body),
      })
      if (typeof answer === "string") {
        throw new OutcomeUnknownError("No answer came.")
      }
      const { status, headers = {} } = answer
      const seconds = headers["retry-after"]
      const body: unknown = JSON.parse(JSON.stringify(answer.body))
      return seconds === undefined
        ? { status, headers, body }
        : { status, headers, body, retryAfterMs: Number(seconds) * 1_000 }
    },
  }
}

export interface FakeSession {
  readonly fake: FakeShopify
  readonly session: Session
  readonly requests: HttpRequest[]
  /** A write to the n-th product at the first location. */
  readonly write: (index: number, quantity: number, compareWith?: number | null) => StockWrite
  readonly shown: (index: number) => number | null
  readonly show: (index: number, quantity: number) => void
}

/** A session with a fake in this process. */
export function fakeSession(
  input: FakeShopifyInput = {},
  { options = {}, now }: { readonly options?: Partial<ShopifyOptions>; readonly now?: () => number } = {}
): FakeSession {
  const fake = new FakeShopify(
    { products: Array.from({ length: 5 }, (_, index) => ({ sku: `SKU-${index}`, quantity: 10 })), ...input },
    now ? { now } : {}
  )
  const requests: HttpRequest[] = []
  const session: Session = {
    http: httpTo(fake, (request) => requests.push(request)),
    options: { ...OPTIONS, ...options },
    lessons: newLessons(),
  }
  const items = [...fake.state.items.keys()]
  const place = fake.state.places[0]?.id ?? ""
  return {
    fake,
    session,
    requests,
    write: (index, quantity, compareWith = null) => ({
      externalListingId: items[index] as ExternalListingId,
      externalLocationId: place as ExternalLocationId,
      quantity,
      compareWith,
    }),
    shown: (index) => fake.state.shown(items[index] ?? "", place),
    show: (index, quantity) => void fake.state.show(items[index] ?? "", place, quantity),
  }
}
