import { model } from "@medusajs/framework/utils"
import { BREAKER_STATES, GUARD_STATES } from "../../../types/states"

/** How the lane of a connection is doing. All processes read and write the same row, so that all of them pause together. */
export const HubLane = model
  .define("hub_lane", {
    id: model.id({ prefix: "hlane" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),

    breaker_state: model.enum([...BREAKER_STATES]).default("closed"),
    /** Calls in a row that failed as a whole. */
    failure_count: model.number().default(0),
    /** Nobody calls the channel before: it asked us to wait, or it gave no answer. */
    not_before: model.dateTime().nullable(),
    not_before_reason: model.text().nullable(),
    /** Until when one worker is trying whether the channel answers again. */
    probe_until: model.dateTime().nullable(),
    opened_at: model.dateTime().nullable(),

    guard_state: model.enum([...GUARD_STATES]).default("watching"),
    guard_since: model.dateTime().nullable(),
    /** Counted changes by minute. See `plan-guard.ts`. */
    guard_window: model.json().nullable(),

    /** Every order that was placed before has been taken over. */
    orders_through: model.dateTime().nullable(),

    /** When the channel was last asked whether it is there, how long it took, and what was wrong; null when nothing was. */
    checked_at: model.dateTime().nullable(),
    check_ms: model.number().nullable(),
    check_failure: model.text().nullable(),
  })
  .indexes([{ name: "IDX_hub_lane_connection", on: ["connection_id"], unique: true, where: "deleted_at IS NULL" }])
