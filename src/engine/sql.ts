import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A connection pool or a running transaction. Only the database's clock counts: every time comes from SQL. */
export type Sql = Knex

/** Runs one statement with named bindings (`:name`) and returns its rows. */
export async function query<Row>(
  sql: Sql,
  statement: string,
  bindings: Readonly<Record<string, string | number | boolean | readonly string[] | null>> = {}
): Promise<Row[]> {
  try {
    const result: { rows: Row[] } = await sql.raw(statement, bindings as Knex.ValueDict)
    return result.rows
  } catch (error) {
    throw withoutStatement(error)
  }
}

/**
 * Knex begins its messages with the statement, all values filled in: a buyer's address in a log, an issue or a run. Only what
 * the database says is kept, with its code.
 */
function withoutStatement(error: unknown): unknown {
  if (error instanceof Error && error.message.includes(" - ")) {
    error.message = error.message.slice(error.message.lastIndexOf(" - ") + 3)
    error.stack = `${error.name}: ${error.message}`
  }
  return error
}

/**
 * JSON of something that came from outside, in a form that Postgres takes: it stores neither half an emoji nor a zero
 * character, and one odd title must not stop an import or an order.
 */
export function toStorableJson(value: unknown): string {
  const text = JSON.stringify(value)
  // What Postgres does not take, JSON writes as an escape. There is hardly ever one, and looking for it is cheap.
  return SUSPICIOUS.test(text)
    ? JSON.stringify(value, (_key, field: unknown) =>
        typeof field === "string" ? field.replace(UNSTORABLE, "\ufffd") : field
      )
    : text
}

const SUSPICIOUS = /\\u(?:0000|d[89a-f])/

/** Halves of surrogate pairs without their other half, and U+0000. */
const UNSTORABLE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u0000/g
