import { model } from "@medusajs/framework/utils"

/** A set of filters that a person gave a name. Nobody else sees it. */
export const HubSavedView = model
  .define("hub_saved_view", {
    id: model.id({ prefix: "hview" }).primaryKey(),
    company_id: model.text(),
    user_id: model.text(),
    /** Which list it is for, for example `listings`. */
    page: model.text(),
    name: model.text(),
    /** As they stand in the address. */
    filters: model.json(),
  })
  .indexes([
    {
      name: "IDX_hub_saved_view_user_page_name",
      on: ["user_id", "page", "name"],
      unique: true,
      where: "deleted_at IS NULL",
    },
  ])
