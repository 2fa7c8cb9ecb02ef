import { model } from "@medusajs/framework/utils"

/**
 * The derivation of one quantity that was sent. Partitioned by day, kept 90 days, rendered to words on read.
 */
export const HubExplanation = model.define("hub_explanation", {
  id: model.id({ prefix: "hexp" }).primaryKey(),
  company_id: model.text(),
  connection_id: model.text(),
  listing_id: model.text(),
  external_location_id: model.text(),
  /** The value of the explanation, in channel units. */
  quantity: model.number(),
  /** Compact input vector; recomputing from it gives `quantity`. See `lib/quantity/explanation.ts`. */
  inputs: model.json(),
  /** When the oldest change happened that this quantity answers. */
  caused_at: model.dateTime(),
  computed_at: model.dateTime(),
  /** What the channel made of it: accepted, conflict, failed, unknown. Null while it is on its way. */
  outcome: model.text().nullable(),
  settled_at: model.dateTime().nullable(),
})
