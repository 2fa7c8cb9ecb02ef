import { model } from "@medusajs/framework/utils"
import { PARCEL_STATES } from "../../../types/states"

/** A parcel of ours that a channel shall be told of: one fulfilment of Medusa, at one external location. */
export const HubParcel = model
  .define("hub_parcel", {
    id: model.id({ prefix: "hparc" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    order_id: model.text(),
    /** The fulfilment in Medusa. */
    fulfillment_id: model.text(),
    external_order_id: model.text(),
    external_location_id: model.text(),
    /** What the channel is told: `lines` in its units and `tracking`. The same for every try. */
    content: model.json(),
    state: model.enum([...PARCEL_STATES]).default("waiting"),
    attempts: model.number().default(0),
    next_attempt_at: model.dateTime().nullable(),
    lease_token: model.text().nullable(),
    lease_until: model.dateTime().nullable(),
    external_fulfilment_id: model.text().nullable(),
    confirmed_at: model.dateTime().nullable(),
    error: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_parcel_fulfillment_location",
      on: ["fulfillment_id", "external_location_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_parcel_order", on: ["order_id"], where: "deleted_at IS NULL" },
    { name: "IDX_hub_parcel_waiting", on: ["connection_id"], where: "deleted_at IS NULL AND state = 'waiting'" },
  ])
