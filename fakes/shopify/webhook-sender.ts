import { createHmac, randomUUID } from "node:crypto"
import { request as requestHttp } from "node:http"
import { request as requestHttps } from "node:https"
import { setTimeout as sleep } from "node:timers/promises"
import type { Subscription } from "./shop-state"

/** Shopify waits five seconds and tries eight times within four hours; here the times between are short. */
const ANSWER_MS = 5_000
const MOST_ATTEMPTS = 9
const RETRY_MS = 200

export interface WebhookParts {
  readonly secret: () => string
  readonly domain: string
  readonly signal: AbortSignal
  readonly random: () => number
  readonly rates: () => { readonly drop: number; readonly duplicate: number }
}

/** The headers of a delivery. */
export function signedHeaders(
  {
    topic,
    secret,
    rawBody,
    domain = "fake.myshopify.com",
  }: { topic: string; secret: string; rawBody: Buffer; domain?: string },
  ids: { readonly deliveryId: string; readonly eventId: string; readonly triggeredAt: Date }
): Record<string, string> {
  return {
    "x-shopify-topic": topic,
    "x-shopify-hmac-sha256": createHmac("sha256", secret).update(rawBody).digest("base64"),
    "x-shopify-shop-domain": domain,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": ids.deliveryId,
    "x-shopify-event-id": ids.eventId,
    "x-shopify-triggered-at": ids.triggeredAt.toISOString().replace("Z", "456789Z"),
  }
}

const topicName = (topic: string): string => {
  const [first = "", ...rest] = topic.toLowerCase().split("_")
  return topic.startsWith("INVENTORY_LEVELS_")
    ? `inventory_levels/${rest.slice(1).join("_")}`
    : `${first}/${rest.join("_")}`
}

/** Sends what happened to whoever subscribed, signed with the app's secret, until it is taken. */
export class WebhookSender {
  waiting = 0
  sent = 0
  failed = 0

  constructor(private readonly parts: WebhookParts) {}

  emit(topic: string, rawBody: Buffer, subscriptions: readonly Subscription[]): void {
    const eventId = randomUUID()
    for (const { uri } of subscriptions.filter((known) => topicName(known.topic) === topic)) {
      const { drop, duplicate } = this.parts.rates()
      if (this.parts.random() < drop) {
        continue
      }
      const delivery = { deliveryId: randomUUID(), eventId, triggeredAt: new Date() }
      const times = this.parts.random() < duplicate ? 2 : 1
      for (let time = 0; time < times; time += 1) {
        this.waiting += 1
        void this.deliver(uri, { topic, rawBody }, delivery).finally(() => {
          this.waiting -= 1
        })
      }
    }
  }

  private async deliver(
    uri: string,
    { topic, rawBody }: { topic: string; rawBody: Buffer },
    ids: Parameters<typeof signedHeaders>[1]
  ): Promise<void> {
    const { secret, domain, signal } = this.parts
    for (let attempt = 1; attempt <= MOST_ATTEMPTS && !signal.aborted; attempt += 1) {
      const headers = signedHeaders({ topic, rawBody, domain, secret: secret() }, ids)
      const status = await this.post(uri, rawBody, headers).catch(() => 0)
      if (status >= 200 && status < 300) {
        this.sent += 1
        return
      }
      await sleep(RETRY_MS * attempt, undefined, { signal }).catch(() => undefined)
    }
    this.failed += 1
  }

  private post(uri: string, rawBody: Buffer, headers: Readonly<Record<string, string>>): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = (uri.startsWith("https:") ? requestHttps : requestHttp)(
        uri,
        {
          method: "POST",
          signal: this.parts.signal,
          timeout: ANSWER_MS,
          headers: { "content-type": "application/json", "content-length": rawBody.length, ...headers },
        },
        (response) => {
          response.resume()
          response.once("end", () => resolve(response.statusCode ?? 0)).once("error", reject)
        }
      )
      request.once("timeout", () => request.destroy(new Error("timeout"))).once("error", reject)
      request.end(rawBody)
    })
  }
}
