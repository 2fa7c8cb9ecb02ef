import { model } from "@medusajs/framework/utils"
import { MAPPING_BATCH_KINDS } from "../../../types/states"

/** One change of what listings sell, of one listing or of ten thousand: who made it, when, and how to take it back. */
export const HubMappingBatch = model
  .define("hub_mapping_batch", {
    id: model.id({ prefix: "hmbat" }).primaryKey(),
    company_id: model.text(),
    kind: model.enum([...MAPPING_BATCH_KINDS]),
    /** What was asked for, for a person to read: the action's values, the filter, the name of a file. */
    scope: model.json().nullable(),
    /** A user id, or the name of what did it. */
    requested_by: model.text().nullable(),
    /** Listings that it changed, and listings that were asked for and left alone. */
    item_count: model.number().default(0),
    skipped_count: model.number().default(0),
    undone_at: model.dateTime().nullable(),
    undone_by: model.text().nullable(),
    /** Listings that the undoing left alone, because something else had changed them since. */
    left_count: model.number().default(0),
  })
  .indexes([{ name: "IDX_hub_mapping_batch_created", on: ["created_at"], where: "deleted_at IS NULL" }])
