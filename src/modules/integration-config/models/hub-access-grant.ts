import { model } from "@medusajs/framework/utils"
import { HUB_PRESETS, HUB_SUBJECT_TYPES } from "../../../types/access"

/** What one user or one secret API key may do with the hub. Without any row, everybody may do everything. */
export const HubAccessGrant = model
  .define("hub_access_grant", {
    id: model.id({ prefix: "hagr" }).primaryKey(),
    company_id: model.text(),
    /** Id of the Medusa user or API key. */
    subject_id: model.text(),
    subject_type: model.enum([...HUB_SUBJECT_TYPES]),
    preset: model.enum([...HUB_PRESETS]),
    /** Id of who granted it, or `cli`. */
    granted_by: model.text(),
  })
  .indexes([{ name: "IDX_hub_access_grant_subject", on: ["subject_id"], unique: true, where: "deleted_at IS NULL" }])
