import { model } from "@medusajs/framework/utils"

/** Our id ↔ theirs. Its unique key is what makes an order of a channel become an order of ours exactly once. */
export const HubExternalReference = model
  .define("hub_external_reference", {
    id: model.id({ prefix: "hxref" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** What is referred to, for example `order`. */
    entity: model.text(),
    external_id: model.text(),
    /** Chosen before the thing is created, so that a crash in between cannot create it twice. */
    internal_id: model.text(),
    /** Version of the external thing that we have taken over completely; 0 before the first. */
    external_version: model.number().default(0),
  })
  .indexes([
    {
      name: "IDX_hub_external_reference_connection_entity_external",
      on: ["connection_id", "entity", "external_id"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_external_reference_internal", on: ["internal_id"], where: "deleted_at IS NULL" },
  ])
