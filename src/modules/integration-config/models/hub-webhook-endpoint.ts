import { model } from "@medusajs/framework/utils"

/** Where the channel of a connection sends its messages, and what it said last about sending them. One row a connection. */
export const HubWebhookEndpoint = model
  .define("hub_webhook_endpoint", {
    id: model.id({ prefix: "hwhep" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** Our address, as the channel was told it. */
    callback_url: model.text(),
    /** When the channel was asked last what it sends; null before. */
    checked_at: model.dateTime().nullable(),
    /** Why that did not work, for people. Null when it did. */
    failure: model.text().nullable(),
    /** `[{ topic, url, external_id }]` as the channel told it; null where it cannot tell. */
    subscriptions: model.json().nullable(),
    /** Topics that were missing at the last check and could not be brought back. */
    missing: model.json().nullable(),
    /** When something was missing last and was brought back. */
    repaired_at: model.dateTime().nullable(),
    repaired_count: model.number().default(0),
    rotated_at: model.dateTime().nullable(),
    /** Until when the secret before this one is valid; null when there is none. */
    previous_until: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_hub_webhook_endpoint_connection", on: ["connection_id"], unique: true, where: "deleted_at IS NULL" },
  ])
