import { Client } from "@medusajs/framework/pg"
import { codeOf, failure, messageOf } from "./failure"
import { USER } from "./initialise"

export interface Connection {
  readonly port: number
  readonly password: string
}

export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "not yet"; readonly reason: string }
  | { readonly kind: "wrong"; readonly reason: string }

/** Wrong user or password, missing database: waiting does not help. */
const REFUSALS = new Set(["28P01", "28000", "3D000"])
const TOO_MANY_CONNECTIONS = "53300"

/** Asks whoever listens on the port whether it is the server of that data folder. */
export async function ask(to: Connection, dataFolder: string): Promise<Answer> {
  try {
    const found = await inDatabase(to, "postgres", async (client) => {
      const { rows } = await client.query<{ data_directory: string }>("show data_directory")
      return rows[0]?.data_directory
    })
    return found === dataFolder ? { kind: "ready" } : { kind: "wrong", reason: `it serves the data folder ${found}` }
  } catch (error) {
    const code = codeOf(error)
    if (code === TOO_MANY_CONNECTIONS) return { kind: "ready" }
    return { kind: REFUSALS.has(code ?? "") ? "wrong" : "not yet", reason: messageOf(error) }
  }
}

export async function createDatabase(to: Connection, name: string): Promise<"created" | "exists"> {
  const bytes = Buffer.byteLength(name)
  if (bytes === 0 || bytes > 63) {
    throw failure(`"${name}" is no name for a database.`, "", "choose one of 1 to 63 bytes.")
  }
  try {
    return await inDatabase(to, "postgres", async (client) => {
      const { rowCount } = await client.query("select from pg_database where datname = $1", [name])
      if (rowCount) return "exists"
      await client.query(`create database ${client.escapeIdentifier(name)}`)
      return "created"
    })
  } catch (error) {
    // Somebody else created it at the same time.
    if (["42P04", "23505"].includes(codeOf(error) ?? "")) return "exists"
    const next = "see the message of Postgres; if it has stopped, start it again."
    throw failure(`The database "${name}" could not be created on port ${to.port}.`, messageOf(error), next, error)
  }
}

async function inDatabase<T>(to: Connection, database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    ...to,
    host: "localhost",
    user: USER,
    database,
    ssl: false,
    connectionTimeoutMillis: 5_000,
  })
  client.on("error", () => undefined) // the pending call rejects with the same error
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
