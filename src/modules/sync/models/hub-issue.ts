import { model } from "@medusajs/framework/utils"
import { ISSUE_SEVERITIES } from "../../../types/states"

/** Something that needs a person. The same trouble raised again is counted, not repeated. */
export const HubIssue = model
  .define("hub_issue", {
    id: model.id({ prefix: "hiss" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    listing_id: model.text().nullable(),
    /** Kebab-case code that issues are grouped by, for example `oversold`. */
    code: model.text(),
    severity: model.enum([...ISSUE_SEVERITIES]),
    /** What happened, to which id, and what to do next. */
    message: model.text(),
    /** Makes the same trouble the same row. */
    dedupe_key: model.text(),
    occurrence_count: model.number().default(1),
    last_seen_at: model.dateTime(),
    resolved_at: model.dateTime().nullable(),
    /** Null again as soon as it says something else. */
    dismissed_at: model.dateTime().nullable(),
    /** Id of who dismissed or resolved it; null when it was over by itself. */
    closed_by: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_issue_open",
      on: ["connection_id", "dedupe_key"],
      unique: true,
      where: "resolved_at IS NULL AND deleted_at IS NULL",
    },
  ])
