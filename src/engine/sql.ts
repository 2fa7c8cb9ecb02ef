import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A connection pool or a running transaction. Only the database's clock counts: every time comes from SQL. */
export type Sql = Knex

/** Runs one statement with named bindings (`:name`) and returns its rows. */
export async function query<Row>(
  sql: Sql,
  statement: string,
  bindings: Readonly<Record<string, string | number | boolean | readonly string[] | null>> = {}
): Promise<Row[]> {
  const result: { rows: Row[] } = await sql.raw(statement, bindings as Knex.ValueDict)
  return result.rows
}
