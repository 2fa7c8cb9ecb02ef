import { model } from "@medusajs/framework/utils"
import { LISTING_LINK_STATES } from "../../../types/states"

/** A variant's entry on a connection. */
export const HubListing = model
  .define("hub_listing", {
    id: model.id({ prefix: "hlst" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** The channel's own id. Never the SKU: SKUs repeat and change. */
    external_id: model.text(),
    external_sku: model.text().searchable().nullable(),
    external_barcode: model.text().nullable(),
    title: model.text().searchable(),
    /** Null until we know what it sells. */
    variant_id: model.text().nullable(),
    link_state: model.enum([...LISTING_LINK_STATES]).default("unlinked"),
    /** What made us link it, for example `sku`. */
    link_evidence: model.text().nullable(),
    /** How sure the link was when it was made, from 0 to 100. Null where a person chose the variant. */
    link_score: model.number().nullable(),
    /** Grows with every change of variant, link state or pack. */
    mapping_version: model.number().default(0),
    /** The best candidates with their evidence, best first. See `core/score-candidate.ts`. */
    suggestions: model.json().nullable(),
    /** The variant that may be accepted. Null without one, and where two candidates are as good: a person has to choose. */
    suggested_variant_id: model.text().nullable(),
    /** Of the best candidate, from 0 to 100. Null without any. */
    suggestion_score: model.number().nullable(),
    /** Variants that a person said it is not. */
    rejected_variant_ids: model.json().nullable(),
    /** Pieces of the variant in one unit on the channel, at least 1. */
    pack_size: model.number().default(1),
    /** Overrides of the connection's quantity rule, by field. */
    quantity_rule: model.json().nullable(),
  })
  .indexes([
    {
      name: "IDX_hub_listing_connection_external",
      on: ["connection_id", "external_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_listing_variant", on: ["variant_id"], where: "deleted_at IS NULL" },
    { name: "IDX_hub_listing_external_sku", on: ["external_sku"], where: "deleted_at IS NULL" },
    { name: "IDX_hub_listing_connection_id", on: ["connection_id", "id"], where: "deleted_at IS NULL" },
    {
      name: "IDX_hub_listing_counts",
      on: ["connection_id", "link_state", "suggestion_score"],
      where: "deleted_at IS NULL",
    },
  ])
  .checks([{ name: "hub_listing_pack_size_positive", expression: (columns) => `${columns.pack_size} >= 1` }])
