import { model } from "@medusajs/framework/utils"
import { INBOX_STATES } from "../../../types/states"

/** A verified message of a channel. The sender hears 200 only after this row is committed. */
export const HubInboxEvent = model
  .define("hub_inbox_event", {
    id: model.id({ prefix: "hinb" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** The channel's id of the delivery; the same on every redelivery. */
    event_id: model.text(),
    topic: model.text(),
    /** What the event is about. Events of one entity are never processed at the same time. */
    entity_key: model.text(),
    payload: model.json(),
    occurred_at: model.dateTime(),
    received_at: model.dateTime(),
    state: model.enum([...INBOX_STATES]).default("accepted"),
    attempts: model.number().default(0),
    next_attempt_at: model.dateTime().nullable(),
    lease_token: model.text().nullable(),
    lease_until: model.dateTime().nullable(),
    processed_at: model.dateTime().nullable(),
    error: model.text().nullable(),
    /** How long the work took that ended it, in milliseconds. */
    took_ms: model.number().nullable(),
    replay_count: model.number().default(0),
    replayed_at: model.dateTime().nullable(),
    /** The run that replayed it last. */
    replay_run_id: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_inbox_event_connection_event",
      on: ["connection_id", "event_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_inbox_event_received", on: ["received_at", "id"], where: "deleted_at IS NULL" },
    {
      name: "IDX_hub_inbox_event_replay",
      on: ["replay_run_id"],
      where: "deleted_at IS NULL AND replay_run_id IS NOT NULL",
    },
  ])
