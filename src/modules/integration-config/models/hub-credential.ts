import { model } from "@medusajs/framework/utils"

/** One secret of a connection, encrypted from its first write. The clear text exists in memory only. */
export const HubCredential = model
  .define("hub_credential", {
    id: model.id({ prefix: "hcred" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** Name of the option that it fills. */
    name: model.text(),
    /** `v1.<key id>.<iv>.<tag>.<ciphertext>`, see `core/envelope.ts`. */
    ciphertext: model.text(),
    /** Which key of the ring encrypted it. */
    key_id: model.text(),
  })
  .indexes([
    {
      name: "IDX_hub_credential_connection_name",
      on: ["connection_id", "name"],
      unique: true,
      where: "deleted_at IS NULL",
    },
    { name: "IDX_hub_credential_key", on: ["key_id"], where: "deleted_at IS NULL" },
  ])
