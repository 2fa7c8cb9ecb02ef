import { ModulesSdkUtils } from "@medusajs/framework/utils"
import { execFile } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import type { Sql } from "../../src/engine/sql"

const REPO = resolve(__dirname, "../..")

/** Medusa as the tests run it, without the hub. */
const CONFIG = `const { defineConfig } = require("@medusajs/framework/utils")
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false },
    http: { storeCors: "", adminCors: "", authCors: "", jwtSecret: "x", cookieSecret: "x" },
  },
  admin: { disable: true },
  modules: [{
    resolve: "@medusajs/medusa/locking",
    options: { providers: [{ resolve: "@medusajs/medusa/locking-postgres", id: "locking-postgres", is_default: true }] },
  }],
})
`

const urlOf = (database: string): string => {
  const { DB_USERNAME = "", DB_PASSWORD = "", DB_HOST = "", DB_PORT = "" } = process.env
  return `postgres://${encodeURIComponent(DB_USERNAME)}:${encodeURIComponent(DB_PASSWORD)}@${DB_HOST}:${DB_PORT}/${database}`
}

export const connect = (database: string): Sql =>
  ModulesSdkUtils.createPgConnection({
    clientUrl: urlOf(database),
    driverOptions: { ssl: false },
    pool: { min: 0, max: 2 },
  }) as Sql

/** Calls with a database that Medusa has migrated and that has never seen the hub. It is gone afterwards. */
export async function withPlainMedusa<Answer>(work: (sql: Sql) => Promise<Answer>): Promise<Answer> {
  const name = `plain_${process.pid}`
  const folder = join(REPO, ".hub", name)
  const admin = connect("postgres")
  try {
    await admin.raw(`DROP DATABASE IF EXISTS ${name}`)
    await admin.raw(`CREATE DATABASE ${name}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, "medusa-config.js"), CONFIG)
    writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies: { "@medusajs/medusa": "*" } }))
    await promisify(execFile)(
      process.execPath,
      [join(REPO, "node_modules/@medusajs/cli/cli.js"), "db:migrate", "--skip-scripts"],
      {
        cwd: folder,
        env: { ...process.env, DATABASE_URL: urlOf(name), NODE_OPTIONS: "", MEDUSA_DISABLE_TELEMETRY: "true" },
        timeout: 100_000,
      }
    )
    const sql = connect(name)
    try {
      return await work(sql)
    } finally {
      await sql.destroy()
    }
  } finally {
    await admin.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}
