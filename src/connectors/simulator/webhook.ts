import type { HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import { verifyWebhook } from "../../lib/webhook-signature"
import type { ChannelMessage } from "../../types/channel"
import type { InboundContext, InboundRequest } from "../define-connector"
import { toObservation, toOrder } from "./map"
import { orderSchema, quantitySchema, webhookBodySchema } from "./schema"

const unreadable: Result<never, HubFailure> = err({
  kind: "invalid-data",
  message: "The webhook is signed, but its body is not what the simulator promises.",
})

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString("utf8"))
  } catch {
    return undefined
  }
}

/** Verifies a webhook of the simulator over its raw body, then reads it. Pure. */
export function parseSimulatorWebhook(
  request: InboundRequest,
  context: InboundContext
): Result<ChannelMessage, HubFailure> {
  const verified = verifyWebhook({ ...request, ...context })
  if (!verified.ok) {
    return verified
  }
  const body = webhookBodySchema.safeParse(parseJson(request.rawBody))
  if (!body.success) {
    return unreadable
  }
  const { type, event_id: eventId, occurred_at: occurredAt, data } = body.data
  switch (type) {
    case "order.placed":
    case "order.changed": {
      const order = orderSchema.safeParse(data)
      return order.success ? ok({ topic: "order", eventId, occurredAt, order: toOrder(order.data) }) : unreadable
    }
    case "stock.changed": {
      const shown = quantitySchema.safeParse(data)
      return shown.success
        ? ok({ topic: "stock", eventId, occurredAt, observation: toObservation(shown.data) })
        : unreadable
    }
    default:
      return ok({ topic: "other", eventId, occurredAt, name: type })
  }
}
