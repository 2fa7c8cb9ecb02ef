import { Client } from "@medusajs/framework/pg"
import { failure } from "./failure"
import type { PostgresServer } from "./start-postgres"

/** What a server that somebody else runs can do for us. */
export type DatabaseServer = Pick<PostgresServer, "url" | "createDatabase" | "stop">

/**
 * A server that was given with DATABASE_URL. Databases of ours are made beside the one that it names, which is left alone;
 * the server itself is not ours to stop.
 */
export function givenPostgres(databaseUrl: string): DatabaseServer {
  if (!URL.canParse(databaseUrl)) {
    throw failure("DATABASE_URL is no address.", "", "write it as postgres://user:password@host:5432/database.")
  }
  const url = (database: string): string => {
    const address = new URL(databaseUrl)
    address.pathname = `/${database}`
    return address.href
  }
  return {
    url,
    createDatabase: async (name) => {
      const client = new Client({ connectionString: databaseUrl })
      await client.connect()
      try {
        const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])
        if (rowCount) {
          return "exists"
        }
        await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
        return "created"
      } finally {
        await client.end()
      }
    },
    stop: async () => Promise.resolve(),
  }
}
