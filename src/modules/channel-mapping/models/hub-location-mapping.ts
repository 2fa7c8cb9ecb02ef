import { model } from "@medusajs/framework/utils"

/**
 * Which Medusa location feeds which location of a connection.
 *
 * Several may feed one, their stock is summed. One may not feed two: its units would be promised twice.
 */
export const HubLocationMapping = model
  .define("hub_location_mapping", {
    id: model.id({ prefix: "hlmap" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    stock_location_id: model.text(),
    /** `*` where the channel has no locations. */
    external_location_id: model.text(),
  })
  .indexes([
    {
      name: "IDX_hub_location_mapping_connection_location",
      on: ["connection_id", "stock_location_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    {
      name: "IDX_hub_location_mapping_connection_external",
      on: ["connection_id", "external_location_id"],
      where: "deleted_at IS NULL",
    },
  ])
