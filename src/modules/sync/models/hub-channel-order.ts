import { model } from "@medusajs/framework/utils"
import { TOTALS_CHECK_STATES } from "../../../types/states"

/** An order of a channel, and what became of it here. One row from the moment its first version was taken over. */
export const HubChannelOrder = model
  .define("hub_channel_order", {
    id: model.id({ prefix: "hcord" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    external_id: model.text(),
    /** The number that the buyer sees. */
    external_number: model.text(),
    /** Its page on the channel. */
    external_url: model.text().nullable(),
    /** The order in Medusa; null where none was made: tests, and orders that were cancelled before we saw them. */
    order_id: model.text().nullable(),
    placed_at: model.dateTime(),
    /** Placed before the connection was there: it changed no stock. */
    is_historic: model.boolean().default(false),
    is_test: model.boolean().default(false),
    check_state: model.enum([...TOTALS_CHECK_STATES]).default("unchecked"),
    /** `TotalsCheck`; null before anything was compared. */
    check: model.json().nullable(),
    /** Set while it waits for a person because of its totals. */
    held_at: model.dateTime().nullable(),
    released_at: model.dateTime().nullable(),
    released_by: model.text().nullable(),
    /** Fingerprint of the differences that it was held for last. */
    held_digest: model.text().nullable(),
    /** Fingerprint of the differences that were let pass: another difference is held again. */
    released_digest: model.text().nullable(),
    /** Lines whose listing sells no variant of ours. */
    unmapped_lines: model.json(),
    /** Items of which more was sold than there is. */
    oversold_items: model.json(),
    /** Refunds of the versions that were taken over, for people and so that each is booked once. */
    refunds: model.json(),
    /** Returns to stock that were begun, by refund, line and item. */
    restocks: model.json(),
    /** Goods and money of the version that the order in Medusa was made to say. */
    applied_digest: model.text().nullable(),
    /** Other things that people want to know: what the buyer paid in, source, note. */
    details: model.json(),
    cancelled_at: model.dateTime().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_channel_order_connection_external",
      on: ["connection_id", "external_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_channel_order_order", on: ["order_id"], where: "deleted_at IS NULL" },
    { name: "IDX_hub_channel_order_held", on: ["held_at"], where: "deleted_at IS NULL AND held_at IS NOT NULL" },
  ])
