import { model } from "@medusajs/framework/utils"
import { DEFAULT_COMPANY_ID } from "../../../types/ids"

/** A process whose engine runs, as long as it says so. */
export const HubWorker = model.define("hub_worker", {
  id: model.id({ prefix: "hwork" }).primaryKey(),
  company_id: model.text().default(DEFAULT_COMPANY_ID),
  host: model.text(),
  pid: model.number(),
  started_at: model.dateTime(),
  seen_at: model.dateTime(),
  /** Medusa's default locking provider in this process. The in-memory one does not exclude other processes. */
  lock_provider: model.text().nullable(),
  /** Version of the hub. */
  version: model.text(),
})
