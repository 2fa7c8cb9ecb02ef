import { model } from "@medusajs/framework/utils"
import { RUN_ITEM_OUTCOMES } from "../../../types/states"

/** One listing state that a run is about. It is done once the row has been acknowledged at `target_version`. */
export const HubRunItem = model
  .define("hub_run_item", {
    id: model.id({ prefix: "hritm" }).primaryKey(),
    company_id: model.text(),
    run_id: model.text(),
    listing_state_id: model.text(),
    listing_id: model.text(),
    /** `stale_version` that the run asked for. */
    target_version: model.number(),
    outcome: model.enum([...RUN_ITEM_OUTCOMES]).nullable(),
    /** Reason of a skip, kind of a failure. */
    reason: model.text().nullable(),
    message: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_run_item_run_state",
      on: ["run_id", "listing_state_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
  ])
