import { model } from "@medusajs/framework/utils"

/** How far a list of the channel has been read, for example its orders. */
export const HubCursor = model
  .define("hub_cursor", {
    id: model.id({ prefix: "hcurs" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** What is read, for example `orders`. */
    kind: model.text(),
    /** What the channel wants to hear to go on; opaque to us. */
    value: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_cursor_connection_kind",
      on: ["connection_id", "kind"],
      unique: true,
      where: "deleted_at IS NULL",
    },
  ])
