import { model } from "@medusajs/framework/utils"

/**
 * A known text, encrypted with one key of the ring when that key was first used. If it does not open any more, another key
 * has taken the name, and nothing that the first one encrypted can be read.
 */
export const HubKeyCheck = model
  .define("hub_key_check", {
    id: model.id({ prefix: "hkeyc" }).primaryKey(),
    /** Keys belong to the installation: this is always the default company. */
    company_id: model.text(),
    key_id: model.text(),
    /** Envelope of a text that is no secret, see `core/key-check.ts`. */
    ciphertext: model.text(),
  })
  .indexes([{ name: "IDX_hub_key_check_key", on: ["key_id"], unique: true, where: "deleted_at IS NULL" }])
