import { createHmac, timingSafeEqual } from "node:crypto"
import type { HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import type { ChannelMessage } from "../../types/channel"
import type { InboundContext, InboundRequest } from "../define-connector"
import { ITEM_PREFIX, LOCATION_PREFIX, toListingId, toLocationId } from "./map"
import { editMessageSchema, orderMessageSchema, refundMessageSchema, stockMessageSchema } from "./schema"

/** What is subscribed. Messages about orders only say which one: the hub reads it anew. */
export const WEBHOOK_TOPICS = [
  "ORDERS_CREATE",
  "ORDERS_UPDATED",
  "ORDERS_EDITED",
  "ORDERS_CANCELLED",
  "REFUNDS_CREATE",
  "INVENTORY_LEVELS_UPDATE",
  "INVENTORY_LEVELS_CONNECT",
  "INVENTORY_LEVELS_DISCONNECT",
  "APP_UNINSTALLED",
] as const

const ORDER_PREFIX = "gid://shopify/Order/"

const refused = (message: string): Result<never, HubFailure> => err({ kind: "auth", message })

const unreadable: Result<never, HubFailure> = err({
  kind: "invalid-data",
  message: "The message is signed, but its body is not what Shopify promises.",
})

/** Headers of one delivery. Shopify is about to send them without `x-` before their names. */
interface Envelope {
  readonly hmac: string
  readonly topic: string
  /** The same on every redelivery. */
  readonly deliveryId: string
  readonly shop: string | undefined
  readonly triggeredAt: string | undefined
}

function openEnvelope({ headers }: InboundRequest): Envelope | null {
  for (const prefix of ["x-shopify-", "shopify-"]) {
    const { hmac, topic, deliveryId } = {
      hmac: headers[`${prefix}hmac-sha256`],
      topic: headers[`${prefix}topic`],
      deliveryId: headers[`${prefix}webhook-id`],
    }
    if (hmac && topic && deliveryId) {
      const shop = headers[`${prefix}shop-domain`]
      return { hmac, topic, deliveryId, shop, triggeredAt: headers[`${prefix}triggered-at`] }
    }
  }
  return null
}

/** Compared in the same time whatever the difference is. */
function isSigned(rawBody: Buffer, hmac: string, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(rawBody).digest()
  const given = Buffer.from(hmac, "base64")
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** JSON whose large whole numbers stay as they are written: ids of Shopify do not fit into a number. */
export function parseWithLargeIds(text: string): unknown {
  const kept = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^\d{16,}$/.test(token) ? `"${token}"` : token
  )
  try {
    return JSON.parse(kept)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value)

type Frame = Pick<ChannelMessage, "eventId" | "occurredAt">

function readOrderMessage(frame: Frame, topic: string, body: unknown): Result<ChannelMessage, HubFailure> {
  const hint = (externalOrderId: string): Result<ChannelMessage, HubFailure> =>
    ok({ topic: "order-hint", ...frame, externalOrderId })
  if (topic === "orders/edited") {
    const edit = editMessageSchema.safeParse(body)
    return edit.success ? hint(`${ORDER_PREFIX}${edit.data.order_edit.order_id}`) : unreadable
  }
  if (topic === "refunds/create") {
    const refund = refundMessageSchema.safeParse(body)
    return refund.success ? hint(`${ORDER_PREFIX}${refund.data.order_id}`) : unreadable
  }
  const order = orderMessageSchema.safeParse(body)
  return order.success ? hint(order.data.admin_graphql_api_id) : unreadable
}

function readStockMessage(frame: Frame, body: unknown): Result<ChannelMessage, HubFailure> {
  const level = stockMessageSchema.safeParse(body)
  if (!level.success) {
    return unreadable
  }
  const { inventory_item_id: item, location_id: location, available } = level.data
  return ok({
    topic: "stock",
    ...frame,
    observation: {
      externalListingId: toListingId(`${ITEM_PREFIX}${item}`),
      externalLocationId: toLocationId(`${LOCATION_PREFIX}${location}`),
      quantity: available ?? null,
    },
  })
}

function readMessage(topic: string, frame: Frame, body: unknown): Result<ChannelMessage, HubFailure> {
  switch (topic) {
    case "orders/create":
    case "orders/updated":
    case "orders/cancelled":
    case "orders/edited":
    case "refunds/create":
      return readOrderMessage(frame, topic, body)
    case "inventory_levels/update":
    case "inventory_levels/connect":
    case "inventory_levels/disconnect":
      return readStockMessage(frame, body)
    case "app/uninstalled":
      return ok({ topic: "uninstalled", ...frame })
    default:
      return ok({ topic: "other", ...frame, name: topic.slice(0, 100) })
  }
}

/** Only addresses of this form are what Shopify writes into the header. */
const PERMANENT = /^(?:https:\/\/)?([a-z0-9-]+\.myshopify\.com)/i

function isOtherShop({ shop }: Envelope, options: InboundContext["options"]): boolean {
  const own = typeof options?.shop === "string" ? PERMANENT.exec(options.shop)?.[1] : undefined
  return own !== undefined && shop !== undefined && own.toLowerCase() !== shop.toLowerCase()
}

/** Shopify writes nanoseconds. What cannot be read is not worth a refusal: the time is only for people. */
function momentOf(text: string | undefined, now: Date): string {
  const time = Date.parse(text?.replace(/(\.\d{3})\d+/, "$1") ?? "")
  return (Number.isNaN(time) ? now : new Date(time)).toISOString()
}

/**
 * Verifies a message of Shopify over its raw body, then reads which thing it is about. Pure.
 *
 * Shopify signs the body and nothing else: a header can be altered on the way. So no message is believed. An order is read
 * anew, a number is asked for, and a delivery that was altered to look new makes the hub look once more and find nothing.
 */
export function parseShopifyWebhook(
  request: InboundRequest,
  context: InboundContext
): Result<ChannelMessage, HubFailure> {
  const envelope = openEnvelope(request)
  if (!envelope) {
    return refused("The message is not signed: a header with Shopify's signature, topic or delivery id is missing.")
  }
  if (context.secrets.length === 0) {
    return refused("There is no secret to verify with. Enter the client secret of the app.")
  }
  if (!context.secrets.some((secret) => secret !== "" && isSigned(request.rawBody, envelope.hmac, secret))) {
    return refused("The message's signature fits none of the known secrets. Compare the client secret with the app's.")
  }
  if (isOtherShop(envelope, context.options)) {
    return refused("The message is of another shop.")
  }
  const body = parseWithLargeIds(request.rawBody.toString("utf8"))
  if (!isObject(body)) {
    return unreadable
  }
  const frame = { eventId: envelope.deliveryId.slice(0, 200), occurredAt: momentOf(envelope.triggeredAt, context.now) }
  return readMessage(envelope.topic.toLowerCase(), frame, body)
}
