import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { givenPostgres, startPostgres, type DatabaseServer } from "../postgres"
import { findFreePort } from "./ports"
import type { MedusaEnvironment } from "./shop/medusa-process"
import { Stamps } from "./shop/prepare-shop"

/** Everything that a demo stands on, whether it runs with the admin or without. */
export interface Stage {
  readonly repoFolder: string
  readonly postgres: DatabaseServer
  readonly stamps: Stamps
  readonly login: { readonly email: string; readonly password: string }
  /** Where its files lie: below `.hub/`, which git ignores. */
  readonly folder: string
  /** Tells `hub` in another terminal which database to look into. */
  readonly databaseUrlFile: string
  environment(database: string, hasAdmin: boolean): MedusaEnvironment
  /** Ports of the fake channels: the same at every start, because connections remember the address. */
  channelPorts(count: number): Promise<number[]>
}

const LOGIN = { email: "demo@stock-hub.test", password: "stock-hub-demo" }

/** One key ring for all demos of this clone: credentials of an earlier start have to stay readable. */
function encryptionKeys(folder: string): string {
  const file = join(folder, "encryption-keys")
  if (!existsSync(file)) {
    writeFileSync(file, `demo:${randomBytes(32).toString("base64")}`, { mode: 0o600 })
  }
  return readFileSync(file, "utf8")
}

async function rememberPorts(file: string, count: number): Promise<number[]> {
  if (!existsSync(file)) {
    const ports: number[] = []
    for (let index = 0; index < count; index += 1) {
      ports.push(await findFreePort((ports.at(-1) ?? 7_299) + 1))
    }
    writeFileSync(file, JSON.stringify(ports))
  }
  return JSON.parse(readFileSync(file, "utf8")) as number[]
}

/** Starts Postgres, or uses the server of DATABASE_URL, and says where everything else goes. */
export async function setStage(repoFolder: string, isReset: boolean, signal: AbortSignal): Promise<Stage> {
  const folder = join(repoFolder, ".hub", "demo")
  mkdirSync(folder, { recursive: true })
  const stamps = new Stamps(join(folder, "stamps"))
  if (isReset) {
    stamps.clear()
  }
  const given = process.env.DATABASE_URL
  const postgres = given ? givenPostgres(given) : await startPostgres({ name: "demo", repoFolder, durable: true })
  const keys = encryptionKeys(folder)
  return {
    repoFolder,
    postgres,
    stamps,
    login: LOGIN,
    folder,
    databaseUrlFile: join(folder, "database-url"),
    channelPorts: (count) => rememberPorts(join(folder, "channel-ports.json"), count),
    environment: (database, hasAdmin) => ({
      repoFolder,
      logFolder: join(folder, "logs"),
      signal,
      variables: {
        DATABASE_URL: postgres.url(database),
        HUB_ENCRYPTION_KEYS: keys,
        // The fake channels run on this machine.
        HUB_ALLOW_PRIVATE_ADDRESSES: "127.0.0.0/8,::1",
        HUB_DEMO_ADMIN: hasAdmin ? "on" : "off",
        JWT_SECRET: keys,
        COOKIE_SECRET: keys,
        NODE_ENV: "production",
      },
    }),
  }
}
