import { model } from "@medusajs/framework/utils"
import { DEFAULT_COMPANY_ID } from "../../../types/ids"

/** One window of one scheduled job. Whoever inserts it does the work; all others find it there. */
export const HubTick = model.define("hub_tick", {
  /** Name and number of the window. */
  id: model.id({ prefix: "htick" }).primaryKey(),
  company_id: model.text().default(DEFAULT_COMPANY_ID),
  name: model.text(),
  window_start: model.dateTime(),
})
