import { existsSync, readFileSync } from "node:fs"
import { parseEnv } from "node:util"
import { ModulesSdkUtils } from "@medusajs/framework/utils"
import type { Sql } from "../engine/sql"
import { HubError } from "../lib/errors"

/** Where the demo of this repository leaves the address of its database while it runs. */
const DEMO_DATABASE_FILE = ".hub/demo/database-url"

const demoDatabaseUrl = (): string | undefined =>
  existsSync(DEMO_DATABASE_FILE) ? readFileSync(DEMO_DATABASE_FILE, "utf8") : undefined

/** The environment wins over the file, so that one command can be pointed elsewhere. */
function findDatabaseUrl(): string | undefined {
  const file = existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {}
  return process.env.DATABASE_URL ?? file.DATABASE_URL ?? demoDatabaseUrl()
}

/** Opens the shop's database. Commands read it directly, so they also work while Medusa is down. */
export function openDatabase(): Sql {
  const clientUrl = findDatabaseUrl()
  if (!clientUrl) {
    throw new HubError({
      kind: "invalid-data",
      message: "DATABASE_URL is not set. Run this in the folder of your Medusa app, or set DATABASE_URL.",
    })
  }
  return ModulesSdkUtils.createPgConnection({
    clientUrl,
    driverOptions: { ssl: false },
    pool: { min: 0, max: 2 },
  }) as Sql
}
