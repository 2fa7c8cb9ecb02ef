import type { HubFailure } from "../../lib/errors"
import type { HttpResponse } from "../../types/http-port"
import type { LimitUsage } from "../../types/limits"
import type { Operation } from "./documents"
import { answerSchema, costSchema } from "./schema"

/** Waited when Shopify asks us to wait and does not say how long. */
const DEFAULT_RETRY_AFTER_MS = 1_000
const MAX_MESSAGE_LENGTH = 300

/** What an answer is, before anybody looks at its data. */
export type Answer =
  | { readonly kind: "data"; readonly data: unknown }
  /** The question costs more than Shopify allows: ask for less at once. */
  | { readonly kind: "too-dear" }
  | { readonly kind: "refused"; readonly failure: HubFailure }
  /** It may have been carried out although the answer does not say so. */
  | { readonly kind: "broken"; readonly failure: HubFailure }

interface Points {
  readonly requested: number
  readonly actual: number | null
  readonly available: number
  readonly capacity: number
  readonly perSecond: number
}

function pointsOf({ body }: HttpResponse): Points | null {
  const parsed = costSchema.safeParse(body)
  if (!parsed.success) {
    return null
  }
  const { requestedQueryCost, actualQueryCost, throttleStatus } = parsed.data.extensions.cost
  return {
    requested: requestedQueryCost,
    actual: actualQueryCost ?? null,
    available: throttleStatus.currentlyAvailable,
    capacity: throttleStatus.maximumAvailable,
    perSecond: throttleStatus.restoreRate,
  }
}

/** Points that a question was counted for before it was answered; null when the answer does not say. */
export const requestedCostOf = (response: HttpResponse): number | null => pointsOf(response)?.requested ?? null

/** What an answer says about the shop's bucket. Every answer says it, a refused one as well. */
export function readShopifyUsage(response: HttpResponse): LimitUsage | null {
  const points = pointsOf(response)
  return (
    points && {
      available: Math.max(0, points.available),
      capacity: points.capacity,
      perSecond: points.perSecond,
      // Without an actual cost the question was turned away and took nothing.
      actualCost: points.actual ?? 0,
    }
  )
}

/** Until the bucket has filled up enough for the same question. */
function throttledFor(response: HttpResponse): number {
  const points = pointsOf(response)
  if (!points || points.perSecond <= 0) {
    return response.retryAfterMs || DEFAULT_RETRY_AFTER_MS
  }
  const missing = Math.max(1, points.requested - points.available)
  return Math.ceil((missing / points.perSecond) * 1_000)
}

const STATUS_MESSAGES: Readonly<Record<number, Pick<HubFailure, "kind" | "message">>> = {
  401: { kind: "auth", message: "Shopify refused the access token. Authorise the connection again." },
  402: { kind: "auth", message: "The shop is frozen until its bill is paid. Nothing can be done until then." },
  403: { kind: "auth", message: "Shopify does not let the app in. Look whether it is still installed in the shop." },
  404: { kind: "not-found", message: "Shopify knows no shop at this address, or not this version of its API." },
  423: { kind: "auth", message: "Shopify has locked the shop. Its owner has to ask Shopify." },
}

function refusedByStatus(response: HttpResponse, what: string): Answer | null {
  const { status } = response
  const vendorCode = String(status)
  if (status >= 200 && status < 300) {
    return null
  }
  if (status === 429 || status === 430 || (status === 503 && response.retryAfterMs !== undefined)) {
    const retryAfterMs = response.retryAfterMs || DEFAULT_RETRY_AFTER_MS
    const message = `${what}: Shopify asks us to call less often.`
    return { kind: "refused", failure: { kind: "rate-limited", message, retryAfterMs, vendorCode } }
  }
  if (status >= 500) {
    const failure: HubFailure = { kind: "transient", message: `${what}: Shopify answered ${status}.`, vendorCode }
    return { kind: status === 503 ? "refused" : "broken", failure }
  }
  const known = STATUS_MESSAGES[status] ?? { kind: "invalid-data" as const, message: `Shopify answered ${status}.` }
  return { kind: "refused", failure: { kind: known.kind, message: `${what}: ${known.message}`, vendorCode } }
}

const scopesIn = ({ scopes }: Operation): string => (scopes.length === 0 ? "" : ` It needs ${scopes.join(" and ")}.`)

function refusedByError(
  error: { readonly message: string; readonly extensions?: { readonly code?: string | undefined } | undefined },
  { response, operation, what }: { response: HttpResponse; operation: Operation; what: string }
): Answer {
  const vendorCode = error.extensions?.code ?? "GRAPHQL_ERROR"
  const words = error.message.slice(0, MAX_MESSAGE_LENGTH)
  switch (vendorCode) {
    case "THROTTLED": {
      const message = `${what}: Shopify asks us to call less often.`
      const retryAfterMs = throttledFor(response)
      return { kind: "refused", failure: { kind: "rate-limited", message, retryAfterMs, vendorCode } }
    }
    case "MAX_COST_EXCEEDED":
      return { kind: "too-dear" }
    case "ACCESS_DENIED": {
      const message = `${what}: the app may not do this.${scopesIn(operation)} Add the scopes to the app, and allow them in the shop.`
      return { kind: "refused", failure: { kind: "auth", message, vendorCode } }
    }
    case "SHOP_INACTIVE": {
      const message = `${what}: the shop is closed. Nothing can be done until its owner opens it again.`
      return { kind: "refused", failure: { kind: "auth", message, vendorCode } }
    }
    case "INTERNAL_SERVER_ERROR":
    case "TIMEOUT":
      return {
        kind: "broken",
        failure: { kind: "transient", message: `${what}: Shopify failed: ${words}`, vendorCode },
      }
    default:
      // Our question does not fit this version of the API, so it was never begun.
      return {
        kind: "refused",
        failure: { kind: "unsupported", message: `${what}: Shopify refused it: ${words}`, vendorCode },
      }
  }
}

/** The one place where an answer becomes what is to be done next. Shopify tells refusals in three ways; this is two of them. */
export function readAnswer(response: HttpResponse, operation: Operation, what: string): Answer {
  const refused = refusedByStatus(response, what)
  if (refused) {
    return refused
  }
  const parsed = answerSchema.safeParse(response.body)
  const error = parsed.success ? parsed.data.errors?.[0] : undefined
  if (error) {
    return refusedByError(error, { response, operation, what })
  }
  if (!parsed.success || !parsed.data.data) {
    const message = `${what}: the answer is not what Shopify promises.`
    return { kind: "broken", failure: { kind: "invalid-data", message } }
  }
  return { kind: "data", data: parsed.data.data }
}
