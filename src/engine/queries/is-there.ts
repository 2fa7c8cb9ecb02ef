import { query, type Sql } from "../sql"

/** What an id in a path can be of, with the table that knows. */
const TABLES = {
  connection: "hub_connection",
  listing: "hub_listing",
  run: "hub_run",
  "inventory item": "inventory_item",
  product: "product",
  "product variant": "product_variant",
  "stock location": "stock_location",
  "sales channel": "sales_channel",
} as const

export type NamedThing = keyof typeof TABLES

/** Whether there is such a thing. */
export async function isThere(sql: Sql, thing: NamedThing, id: string): Promise<boolean> {
  return (await query(sql, `SELECT 1 FROM ${TABLES[thing]} WHERE id = :id AND deleted_at IS NULL`, { id })).length > 0
}
