import { model } from "@medusajs/framework/utils"

/**
 * How much of a channel's limit is left, shared by all processes. What is in `state` belongs to the limit's pure reducer.
 */
export const HubRateBucket = model
  .define("hub_rate_bucket", {
    id: model.id({ prefix: "hrb" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** Name of the limit, with the entity that it counts for, where it counts by entity. `*` is the channel as a whole. */
    bucket: model.text(),
    state: model.json(),
    /** Raised by every change of `state`: a change based on an older one does not count. */
    version: model.number().default(0),
    /** When the channel refused last, which is when the pause until `not_before` began. */
    paused_at: model.dateTime().nullable(),
    /** The channel told us to wait. No process calls before. */
    not_before: model.dateTime().nullable(),
    not_before_reason: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_rate_bucket_connection_bucket",
      on: ["connection_id", "bucket"],
      unique: true,
      where: "deleted_at IS NULL",
    },
  ])
