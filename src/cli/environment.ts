import { existsSync, readFileSync } from "node:fs"
import { parseEnv } from "node:util"
import { ModulesSdkUtils } from "@medusajs/framework/utils"
import type { Sql } from "../engine/sql"
import { HubError } from "../lib/errors"
import { parseKeyRing, type KeyRing } from "../modules/integration-config/core/envelope"

/** Where the demo of this repository leaves the address of its database while it runs. */
const DEMO_DATABASE_FILE = ".hub/demo/database-url"

/** The environment wins over the file, so that one command can be pointed elsewhere. */
function setting(name: string): string | undefined {
  const file = existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {}
  return process.env[name] ?? file[name]
}

const demoDatabaseUrl = (): string | undefined =>
  existsSync(DEMO_DATABASE_FILE) ? readFileSync(DEMO_DATABASE_FILE, "utf8") : undefined

/** Opens the shop's database. Commands work on it directly, so they also work while Medusa is down. */
export function openDatabase(): Sql {
  const clientUrl = setting("DATABASE_URL") ?? demoDatabaseUrl()
  if (!clientUrl) {
    throw new HubError({
      kind: "invalid-data",
      message: "DATABASE_URL is not set. Run this in the folder of your Medusa app, or set DATABASE_URL.",
    })
  }
  return ModulesSdkUtils.createPgConnection({
    clientUrl,
    driverOptions: { ssl: false },
    pool: { min: 0, max: 4 },
  }) as Sql
}

/** The key ring of HUB_ENCRYPTION_KEYS, which should be what the plugin's option `encryption_keys` says. */
export function readKeyRing(): KeyRing | null {
  const text = setting("HUB_ENCRYPTION_KEYS")
  if (!text) {
    return null
  }
  const ring = parseKeyRing(text)
  if (!ring.ok) {
    throw new HubError({
      ...ring.error,
      message: ring.error.message.replaceAll("encryption_keys", "HUB_ENCRYPTION_KEYS"),
    })
  }
  return ring.value
}
