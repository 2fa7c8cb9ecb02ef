import { randomBytes } from "node:crypto"
import { query, type Sql } from "../../src/engine/sql"

/** Shorter pieces would also be found by chance. */
const LEAST = 12

/** Base64 of something that the secret is in the middle of: it looks different for each of the three alignments. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret, "utf8")])
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3))
    const text = whole.toString("base64").slice(offset === 0 ? 0 : 4)
    return [text, text.replaceAll("+", "-").replaceAll("/", "_")]
  })
}

/** Everything that a secret could look like where it must not be. */
export function formsOf(secret: string): string[] {
  const forms = [
    secret,
    ...base64Forms(secret),
    encodeURIComponent(secret),
    Buffer.from(secret, "utf8").toString("hex"),
    JSON.stringify(secret).slice(1, -1),
  ]
  return [...new Set(forms)].filter((form) => form.length >= LEAST)
}

/** A secret that is made for this run, with signs that URLs and base64 write differently. */
export const newCanary = (name: string): string => `${name}/${randomBytes(9).toString("base64url")}+ü&${name}=`

/** Names of the secrets that are in a text. */
export const findIn = (text: string, canaries: Readonly<Record<string, string>>): string[] =>
  Object.entries(canaries).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => text.includes(form)) ? [name] : []
  )

export interface DatabaseLeak {
  readonly table: string
  readonly canary: string
}

/** Looks through every column of every row of every table. */
export async function scanDatabase(
  sql: Sql,
  canaries: Readonly<Record<string, string>>
): Promise<{ readonly tables: number; readonly rows: number; readonly leaks: readonly DatabaseLeak[] }> {
  const tables = await query<{ name: string }>(
    sql,
    "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
  )
  const leaks: DatabaseLeak[] = []
  let rows = 0
  for (const { name } of tables) {
    const texts = await query<{ text: string }>(sql, `SELECT to_jsonb(t)::text AS text FROM ${name} AS t`)
    rows += texts.length
    const all = texts.map(({ text }) => text).join("\n")
    leaks.push(...findIn(all, canaries).map((canary) => ({ table: name, canary })))
  }
  return { tables: tables.length, rows, leaks }
}
