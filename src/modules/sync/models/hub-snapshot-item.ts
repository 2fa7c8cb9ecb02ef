import { model } from "@medusajs/framework/utils"

/** One number of a snapshot. Null where the channel gave no answer: such a number is never put back. */
export const HubSnapshotItem = model
  .define("hub_snapshot_item", {
    id: model.id({ prefix: "hsnit" }).primaryKey(),
    company_id: model.text(),
    snapshot_id: model.text(),
    listing_state_id: model.text(),
    quantity: model.number().nullable(),
    restored_at: model.dateTime().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_snapshot_item_snapshot_state",
      on: ["snapshot_id", "listing_state_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
  ])
