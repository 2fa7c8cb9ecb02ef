import { model } from "@medusajs/framework/utils"
import { RUN_STATES } from "../../../types/states"

/** A batch of work that a person can see. It is complete only when its outcomes add up to its total. */
export const HubRun = model
  .define("hub_run", {
    id: model.id({ prefix: "hrun" }).primaryKey(),
    company_id: model.text(),
    /** Null for a run over all connections. */
    connection_id: model.text().nullable(),
    /** See `RUN_KINDS`. */
    kind: model.text(),
    /** What it is about, for example `{ "listing_ids": […] }`; empty for everything. */
    scope: model.json().nullable(),
    /** Who asked for it: a user id, `cli`, or the name of a job. */
    requested_by: model.text().nullable(),
    state: model.enum([...RUN_STATES]).default("running"),
    total_count: model.number().default(0),
    succeeded_count: model.number().default(0),
    skipped_count: model.number().default(0),
    failed_count: model.number().default(0),
    started_at: model.dateTime().nullable(),
    finished_at: model.dateTime().nullable(),
    error: model.text().nullable(),
    /** How far it has come; a run whose worker died goes on from here. */
    progress: model.json().nullable(),
    lease_token: model.text().nullable(),
    lease_until: model.dateTime().nullable(),
    cancel_requested_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_hub_run_connection_started", on: ["connection_id", "started_at"], where: "deleted_at IS NULL" },
  ])
