import { resolve } from "node:path"
import { startPostgres, type PostgresServer } from "../../scripts/postgres"

declare global {
  // `var`, because nothing else reaches from jest's global set-up to its tear-down.
  var hubPostgres: PostgresServer | undefined
}

/** One throw-away Postgres for all integration tests, unless DATABASE_URL names a server to use instead. */
export default async function startTestPostgres(): Promise<void> {
  const given = process.env.DATABASE_URL
  const url = given
    ? new URL(given)
    : new URL(
        (globalThis.hubPostgres = await startPostgres({
          name: "test",
          repoFolder: resolve(__dirname, "../.."),
          durable: false,
        })).url("postgres")
      )
  // Medusa's test runner turns TLS on, and then hangs, unless the host contains the word localhost.
  process.env.DB_HOST = url.hostname
  process.env.DB_PORT = url.port || "5432"
  process.env.DB_USERNAME = decodeURIComponent(url.username)
  process.env.DB_PASSWORD = decodeURIComponent(url.password)
}
