import { model } from "@medusajs/framework/utils"
import { DELIVERY_OUTCOMES } from "../../../types/states"

/**
 * One delivery of a message to us and what it was answered with, without secrets and buyers. A message that comes five times
 * is five deliveries and one inbox event. Partitioned by day, kept 14 days.
 */
export const HubDelivery = model.define("hub_delivery", {
  id: model.id({ prefix: "hdeli" }).primaryKey(),
  company_id: model.text(),
  connection_id: model.text(),
  /** The message that it brought; null for what was rejected and for another delivery of a message that was there. */
  inbox_event_id: model.text().nullable(),
  /** The channel's id of the message; null for what was rejected. */
  event_id: model.text().nullable(),
  topic: model.text().nullable(),
  outcome: model.enum([...DELIVERY_OUTCOMES]),
  /** Why it was rejected: a kind of failure, and the sentence that the sender was told. */
  failure: model.text().nullable(),
  failure_detail: model.text().nullable(),
  /** Whom it came from, as far as the network says. */
  address: model.text().nullable(),
  bytes: model.number(),
  /** From the last byte of the request to the answer, in milliseconds. */
  took_ms: model.number(),
  headers_excerpt: model.text().nullable(),
  body_excerpt: model.text().nullable(),
  received_at: model.dateTime(),
})
