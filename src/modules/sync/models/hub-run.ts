import { model } from "@medusajs/framework/utils"
import { RUN_STATES } from "../../../types/states"

/** A batch of work that a person can see. It is complete only when its outcomes add up to its total. */
export const HubRun = model
  .define("hub_run", {
    id: model.id({ prefix: "hrun" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** What it does, for example `import-listings`. */
    kind: model.text(),
    state: model.enum([...RUN_STATES]).default("running"),
    total_count: model.number().default(0),
    succeeded_count: model.number().default(0),
    skipped_count: model.number().default(0),
    failed_count: model.number().default(0),
    started_at: model.dateTime(),
    finished_at: model.dateTime().nullable(),
    error: model.text().nullable(),
  })
  .indexes([
    { name: "IDX_hub_run_connection_started", on: ["connection_id", "started_at"], where: "deleted_at IS NULL" },
  ])
