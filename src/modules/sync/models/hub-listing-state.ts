import { model } from "@medusajs/framework/utils"
import { LISTING_STATES } from "../../../types/states"

/**
 * Where one listing stands at one external location: what it should show, what the channel accepted, what it last said.
 *
 * Pending means `stale_version > acked_version` or a recheck that is due. Written by the engine only, in sets.
 */
export const HubListingState = model
  .define("hub_listing_state", {
    id: model.id({ prefix: "hlss" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    listing_id: model.text(),
    /** `*` where the channel has no locations. */
    external_location_id: model.text(),

    /** What it should show, in channel units. Null before the first computation. */
    desired: model.number().nullable(),
    /** What the channel accepted last. Null means unknown, which is never zero. */
    acked: model.number().nullable(),
    /** What the channel last said it shows. */
    observed: model.number().nullable(),
    observed_at: model.dateTime().nullable(),
    /** The highest quantity that may be live on the channel: accepted, on its way, or unanswered. */
    exposed: model.number().nullable(),

    /** Grows with every hint that the desired quantity may have changed. */
    stale_version: model.number().default(1),
    /** `stale_version` at the last claim. */
    claimed_version: model.number().default(0),
    /** The newest version whose quantity the channel has accepted. */
    acked_version: model.number().default(0),
    /** `stale_version` when the channel last changed its number by itself; writes claimed before it prove nothing. */
    unknown_version: model.number().default(0),
    /** When the oldest change happened that no claim has taken up. */
    stale_since: model.dateTime().nullable(),
    /** When the oldest change happened that the running claim has taken up. */
    claimed_since: model.dateTime().nullable(),

    lease_token: model.text().nullable(),
    lease_until: model.dateTime().nullable(),
    /** When to write once more, because an unanswered write may have been applied late. */
    recheck_at: model.dateTime().nullable(),
    next_attempt_at: model.dateTime().nullable(),
    attempts: model.number().default(0),
    /** From 0 to 9, the order in which a lane takes up work: see `capture-sql.ts`. */
    priority: model.number().default(0),

    state: model.enum([...LISTING_STATES]).default("pending"),
    /** Reason code of `skipped`, failure kind of `failed`. */
    state_reason: model.text().nullable(),
    error: model.text().nullable(),
    /** The explanation of `desired`. */
    explanation_id: model.text().nullable(),
    /** When the channel's number last changed, through us or by a sale that was taken over. */
    touched_at: model.dateTime().nullable(),
    /** What made it stale since the last claim, and since the last acknowledgement. See `STALE_CAUSES`. */
    cause: model.text().nullable(),
    claimed_cause: model.text().nullable(),
    /** Variant units that were reserved since ever, as far as captured and each change rounded up: now, at the last claim and at the last acknowledgement. */
    sold_units: model.number().default(0),
    claimed_sold_units: model.number().default(0),
    acked_sold_units: model.number().default(0),
    /** When a guard last counted a change of it. */
    guard_counted_at: model.dateTime().nullable(),
    /** How often somebody has put another number over ours, and since when that is counted. */
    flip_count: model.number().default(0),
    flip_since: model.dateTime().nullable(),
    /** A message of the channel says that it shows something else: its number is to be read. */
    observe_due_at: model.dateTime().nullable(),
    /** Captured changes that concerned this row, and writes that the channel accepted. */
    change_count: model.number().default(0),
    write_count: model.number().default(0),
  })
  .indexes([
    {
      name: "IDX_hub_listing_state_listing_location",
      on: ["listing_id", "external_location_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_listing_state_connection", on: ["connection_id", "id"], where: "deleted_at IS NULL" },
  ])
