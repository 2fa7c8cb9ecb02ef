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
  ])
  .checks([{ name: "hub_listing_pack_size_positive", expression: (columns) => `${columns.pack_size} >= 1` }])
