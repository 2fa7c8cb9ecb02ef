import { model } from "@medusajs/framework/utils"

/** What a channel showed before we wrote to it. Can be put back. */
export const HubSnapshot = model
  .define("hub_snapshot", {
    id: model.id({ prefix: "hsnap" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** Why it was taken, for example `first-write`. */
    reason: model.text(),
    item_count: model.number().default(0),
    taken_at: model.dateTime(),
    /** Null while it is being read, and for ever when that broke off. */
    completed_at: model.dateTime().nullable(),
    restored_at: model.dateTime().nullable(),
  })
  .indexes([{ name: "IDX_hub_snapshot_connection", on: ["connection_id", "taken_at"], where: "deleted_at IS NULL" }])
