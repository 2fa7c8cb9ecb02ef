import { model } from "@medusajs/framework/utils"

/** A legal entity with its own books. Every other hub row belongs to one. */
export const HubCompany = model.define("hub_company", {
  id: model.id({ prefix: "hcomp" }).primaryKey(),
  name: model.text(),
  currency_code: model.text(),
  /** IANA name; a day of business begins and ends here. */
  time_zone: model.text().default("UTC"),
})
