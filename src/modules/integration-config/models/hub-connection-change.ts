import { model } from "@medusajs/framework/utils"

/** One change of a connection, for its timeline: who changed what, or which state it moved to and why. Never a secret. */
export const HubConnectionChange = model
  .define("hub_connection_change", {
    id: model.id({ prefix: "hcchg" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** `state`, `settings`, `credentials` or `mode`. */
    kind: model.text(),
    /** Of the connection, after the change. */
    version: model.number(),
    /** A user id; null when the hub did it by itself. */
    requested_by: model.text().nullable(),
    reason: model.text().nullable(),
    /** `[{ field, from, to }]`. Credentials have only names. */
    changes: model.json(),
    occurred_at: model.dateTime(),
  })
  .indexes([
    {
      name: "IDX_hub_connection_change_connection_occurred",
      on: ["connection_id", "occurred_at"],
      where: "deleted_at IS NULL",
    },
  ])
