import { model } from "@medusajs/framework/utils"

/** One call to a channel and what became of it, without secrets and buyers. Partitioned by day, kept 14 days. */
export const HubExchange = model.define("hub_exchange", {
  id: model.id({ prefix: "hexc" }).primaryKey(),
  company_id: model.text(),
  connection_id: model.text(),
  /** What the call was for, for example `set-stock`. */
  operation: model.text(),
  method: model.text(),
  /** With the query, secrets left out. */
  path: model.text(),
  /** Null when no answer came. */
  status: model.number().nullable(),
  /** Why no answer came, for example `timeout`. Null when one came, whatever it said. */
  failure: model.text().nullable(),
  /** A system code or a host. */
  failure_detail: model.text().nullable(),
  /** From asking to the end, in milliseconds, waiting included. */
  duration_ms: model.number(),
  /** The part of it spent waiting for limits, in milliseconds. */
  waited_ms: model.number(),
  request_bytes: model.number(),
  response_bytes: model.number(),
  request_excerpt: model.text().nullable(),
  response_excerpt: model.text().nullable(),
  occurred_at: model.dateTime(),
})
