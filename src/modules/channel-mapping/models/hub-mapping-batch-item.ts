import { model } from "@medusajs/framework/utils"

/** One listing of a batch, before and after. Written in sets by the engine. */
export const HubMappingBatchItem = model
  .define("hub_mapping_batch_item", {
    id: model.id({ prefix: "hmbit" }).primaryKey(),
    company_id: model.text(),
    batch_id: model.text(),
    listing_id: model.text(),
    before: model.json(),
    after: model.json(),
    /** `mapping_version` of the listing after the change. Another one today means that something has changed it since. */
    version: model.number(),
    /** Whether undoing took it back. Null before anybody tried. */
    is_undone: model.boolean().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_mapping_batch_item_batch_listing",
      on: ["batch_id", "listing_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_mapping_batch_item_listing", on: ["listing_id", "version"], where: "deleted_at IS NULL" },
  ])
