import { model } from "@medusajs/framework/utils"
import { CONNECTION_STATES, WRITE_MODES } from "../../../types/states"

/** A configured external system. */
export const HubConnection = model
  .define("hub_connection", {
    id: model.id({ prefix: "hconn" }).primaryKey(),
    company_id: model.text(),
    name: model.text().searchable(),
    /** Id in the connector registry. */
    connector_id: model.text(),
    state: model.enum([...CONNECTION_STATES]).default("draft"),
    /** Why the connection is in its state, for people. */
    state_reason: model.text().nullable(),
    /** Public options only; secrets are credentials. */
    options: model.json(),
    /** Orders of this connection become orders of this sales channel. */
    sales_channel_id: model.text().nullable(),
    /** How listings of this connection turn availability into a shown quantity. See `QuantityRule`. */
    quantity_rule: model.json(),
    /** A new connection begins in `shadow`: its first write is previewed. */
    write_mode: model.enum([...WRITE_MODES]).default("live"),
    connected_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_hub_connection_company_name", on: ["company_id", "name"], unique: true, where: "deleted_at IS NULL" },
    { name: "IDX_hub_connection_state", on: ["state"], where: "deleted_at IS NULL" },
  ])
