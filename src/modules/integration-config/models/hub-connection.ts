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
    /** Counts the changes of its settings; each is a `hub_connection_change`. */
    version: model.number().default(1),
    /** Words by which people find it again. */
    tags: model.array(),
    /** `CONNECTION_OPERATIONS`. What is not listed here is not done. */
    allowed_operations: model.array(),
    /** Longest time that one request may take, in milliseconds. Null for the engine's own. */
    request_timeout_ms: model.number().nullable(),
    /** After so many failed attempts a number is given up and reported. Null tries for ever. */
    most_attempts: model.number().nullable(),
    /** What the channel calls a failure, and what kind of failure we are to take it for. */
    error_mapping: model.json(),
    /** How orders are taken over and parcels told. See `OrderRules`. */
    order_rules: model.json(),
    /** Most calls a day. Null for as many as the connector's own limits allow. */
    daily_quota: model.number().nullable(),
    /** How many days explanations, exchanges, messages and runs are kept. Null for as long as everybody's. */
    retention_days: model.number().nullable(),
    /** What is left to do before it is set up, one of `SETUP_STEPS`; null when it is. */
    setup_step: model.text().nullable(),
  })
  .indexes([
    { name: "IDX_hub_connection_company_name", on: ["company_id", "name"], unique: true, where: "deleted_at IS NULL" },
    { name: "IDX_hub_connection_state", on: ["state"], where: "deleted_at IS NULL" },
  ])
