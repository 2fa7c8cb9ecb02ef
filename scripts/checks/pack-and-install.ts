#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Slow check: packs the plugin as npm would publish it, installs it in a Medusa app of its own and uses it there.
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Client } from "@medusajs/framework/pg"
import { hubModules } from "../../src/hub-modules"
import type { HubConnectorsResponse } from "../../src/types/http/connection"
import { findFreePort } from "../demo/ports"
import { AdminApi } from "../demo/shop/admin-api"
import { startMedusa, type MedusaEnvironment } from "../demo/shop/medusa-process"
import { startPostgres, type PostgresServer } from "../postgres"
import { lookAtFreshApp } from "./browser/look-at-fresh-app"
import { Checklist, expectNone, StopChecks } from "./support/checklist"
import { LIST_REGISTRATIONS, readRegistrations, writeFreshApp } from "./support/fresh-app"
import { deadExports, forbiddenFiles, missingFiles, undeclaredPackages } from "./support/packed-files"
import { mustRun, runCommand, type CommandResult } from "./support/run-command"

const REPO_FOLDER = resolve(__dirname, "../..")
/** Not the one that a check which was killed may have left. */
const DATABASE = `pack_check_${process.pid}`
const LOGIN = { email: "admin@fresh-shop.test", password: randomBytes(12).toString("hex") }

const interrupted = new AbortController()
const checks = new Checklist((line) => process.stdout.write(`${line}\n`))
/** Undone in reverse, whatever happens. */
const cleanUp: (readonly [what: string, undo: () => Promise<void> | void])[] = []

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hub-pack-check-"))
  cleanUp.push(["remove the temporary folder", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })])
  return folder
}

const inRepo = (command: string, args: readonly string[], seconds: number): Promise<CommandResult> =>
  mustRun(command, args, { folder: REPO_FOLDER, seconds, signal: interrupted.signal })

/** Builds and packs; everything that can be said by looking at the tarball is said here. */
async function pack(folder: string): Promise<string> {
  await checks.must("medusa plugin:build finds no error", async () => {
    const { output } = await inRepo("npx", ["medusa", "plugin:build"], 240)
    assert.doesNotMatch(output, /error TS\d+|build failed|completed with errors/i, output)
  })
  const tarball = await checks.must("npm pack makes a tarball", async () => {
    await inRepo("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], 120)
    const [name] = readdirSync(folder).filter((file) => file.endsWith(".tgz"))
    assert.ok(name, `${folder} holds no tarball`)
    await inRepo("tar", ["-xzf", join(folder, name), "-C", folder], 60)
    return join(folder, name)
  })
  const unpacked = join(folder, "package")
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1))
  const manifest = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8")) as Parameters<typeof deadExports>[1]
  await checks.check(`the tarball's ${files.length} files are all that is needed`, () => {
    const modules = readdirSync(join(REPO_FOLDER, "src/modules"), { withFileTypes: true })
    const names = modules.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    assert.ok(names.length >= Object.keys(hubModules({})).length, "src/modules holds fewer modules than are declared")
    expectNone(missingFiles(files, names), "missing:")
  })
  await checks.check("the tarball holds no tests, sources, scripts, configuration or environment", () =>
    expectNone(forbiddenFiles(files), "not to be shipped:")
  )
  await checks.check("every entry of exports leads to a file", () =>
    expectNone(deadExports(files, manifest), "leads nowhere:")
  )
  await checks.check("the code asks only for packages that package.json promises", () =>
    expectNone(undeclaredPackages(unpacked, files, manifest), "neither a dependency nor a peer dependency:")
  )
  return tarball
}

/** A server of our own, with an empty database. */
async function preparePostgres(): Promise<PostgresServer> {
  const postgres = await startPostgres({ name: "pack-check", repoFolder: REPO_FOLDER, durable: false })
  cleanUp.push([
    "stop Postgres and remove its data",
    async () => {
      await postgres.stop()
      rmSync(resolve(postgres.dataFolder, ".."), { recursive: true, force: true, maxRetries: 3 })
    },
  ])
  assert.equal(await postgres.createDatabase(DATABASE), "created", "an earlier check left its database")
  return postgres
}

class FreshApp {
  constructor(
    private readonly folder: string,
    private readonly environment: MedusaEnvironment
  ) {}

  command(command: string, args: readonly string[], seconds: number): Promise<CommandResult> {
    const { variables } = this.environment
    return mustRun(command, args, { folder: this.folder, variables, seconds, signal: interrupted.signal })
  }

  medusa(args: readonly string[], seconds: number): Promise<CommandResult> {
    return this.command(join(this.folder, "node_modules/.bin/medusa"), args, seconds)
  }

  /** The package's own command, as `npx hub` finds it. */
  hub(args: readonly string[]): Promise<CommandResult> {
    const { variables } = this.environment
    const options = { folder: this.folder, variables, seconds: 60, signal: interrupted.signal }
    return runCommand(join(this.folder, "node_modules/.bin/hub"), args, options)
  }

  /** As in production: the built app, from the folder where the build put it. */
  async start(): Promise<string> {
    const running = await startMedusa(this.environment, await findFreePort(9_200), join(this.folder, ".medusa/server"))
    cleanUp.push(["stop Medusa", () => running.stop()])
    return running.url
  }
}

async function tablesOf(postgres: PostgresServer): Promise<string[]> {
  const client = new Client({ connectionString: postgres.url(DATABASE) })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    return rows.map((row) => row.name)
  } finally {
    await client.end()
  }
}

/** Tables that the compiled migrations of the tarball create. */
function tablesOfMigrations(packageFolder: string): string[] {
  const modules = join(packageFolder, ".medusa/server/src/modules")
  const migrations = readdirSync(modules, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\/migrations\/Migration[^/]*\.js$/.test(file)
  )
  const code = migrations.map((file) => readFileSync(join(modules, file), "utf8")).join("\n")
  return [...new Set([...code.matchAll(/create table if not exists \\?"(\w+)\\?"/gi)].map(([, name = ""]) => name))]
}

/** Installs the tarball like anybody would, up to the point where Medusa could start. */
async function install(app: FreshApp, folder: string, postgres: PostgresServer): Promise<void> {
  await checks.must("npm install takes the tarball", () =>
    app.command("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], 420)
  )
  await checks.must("medusa db:migrate creates every table of the hub", async () => {
    await app.medusa(["db:migrate", "--execute-safe-links"], 180)
    const wanted = tablesOfMigrations(join(folder, "node_modules/medusa-stock-hub"))
    assert.ok(wanted.length >= 10, `only ${wanted.length} tables were found in the migrations`)
    const tables = await tablesOf(postgres)
    expectNone(
      wanted.filter((table) => !tables.includes(table)),
      "missing tables:"
    )
  })
  await checks.check("the same modules are registered as hubModules() lists", async () => {
    const found = readRegistrations((await app.medusa(["exec", LIST_REGISTRATIONS], 120)).output)
    const wanted = hubModules({}).map((module) => module.key)
    assert.deepEqual([...found.configured].sort(), [...wanted].sort(), "registered by the plugin / in hub-modules.ts")
    assert.deepEqual([...found.resolvable].sort(), [...wanted].sort(), "resolvable in the app / in hub-modules.ts")
    assert.deepEqual([...found.declared].sort(), [...wanted].sort(), "compiled hubModules / in hub-modules.ts")
    assert.ok(found.workflows.length > 0, "medusa-stock-hub/workflows exports nothing")
  })
  await checks.must("medusa user creates an admin", () =>
    app.medusa(["user", "-e", LOGIN.email, "-p", LOGIN.password], 120)
  )
  await checks.must("medusa build builds backend and admin with the hub's pages", async () => {
    await app.medusa(["build"], 600)
    const assets = join(folder, ".medusa/server/public/admin/assets")
    const scripts = readdirSync(assets).filter((file) => file.endsWith(".js"))
    assert.ok(
      scripts.some((file) => readFileSync(join(assets, file), "utf8").includes("/admin/hub/overview")),
      "no script of the built admin calls /admin/hub/overview"
    )
  })
}

async function use(app: FreshApp): Promise<void> {
  const url = await checks.must("medusa start answers", () => app.start())
  const get = (path: string): Promise<Response> => fetch(url + path, { signal: AbortSignal.timeout(10_000) })
  await checks.check("GET /admin/hub/overview answers the admin who logged in", async () => {
    const overview = await (await AdminApi.open(url, LOGIN)).overview(null)
    assert.deepEqual(overview, { connections: [], issues: [], capture: "installed" })
  })
  await checks.check("GET /admin/hub/overview is closed to everybody else", async () => {
    assert.equal((await get("/admin/hub/overview")).status, 401)
  })
  await checks.check("a connector of the app itself is in the catalogue", async () => {
    const { connectors } = await (await AdminApi.open(url, LOGIN)).get<HubConnectorsResponse>("/admin/hub/connectors")
    assert.deepEqual(
      connectors.filter((connector) => !connector.is_built_in).map(({ id, support }) => ({ id, support })),
      [{ id: "sample-bookshop", support: "stock" }]
    )
  })
  await checks.check("POST /admin/hub/connections calls no address inside", async () => {
    const admin = await AdminApi.open(url, LOGIN)
    const connection = {
      name: "Inside",
      connector_id: "simulator",
      settings: { base_url: url, token: "x" },
      locations: [{ stock_location_id: "sloc_x", external_location_id: "*" }],
    }
    await assert.rejects(admin.post("/admin/hub/connections", connection), /is not a public address/)
  })
  await checks.check("POST /hooks/hub/unknown answers 404", async () => {
    const response = await fetch(`${url}/hooks/hub/unknown`, { method: "POST", body: "{}" })
    const text = await response.text()
    assert.equal(response.status, 404, text)
    assert.match(text, /"message":/, "the 404 is not the hub's own")
  })
  await checks.check("GET /app serves the admin", async () => {
    const response = await get("/app")
    assert.equal(response.status, 200)
    assert.match(await response.text(), /<div id="medusa"|<script/)
  })
  await lookAtFreshApp(checks, { url: `${url}/app`, login: LOGIN })
  await checks.check("npx hub status prints how things stand", async () => {
    const { code, output } = await app.hub(["status"])
    assert.equal(code, 0, output)
    assert.match(output, /No connections yet\.\nStock changes are captured inside the database\./)
  })
  await checks.check("npx hub status --json prints what the API says", async () => {
    const { code, stdout } = await app.hub(["status", "--json"])
    assert.equal(code, 0, stdout)
    assert.deepEqual(JSON.parse(stdout), { capture: "installed", connections: [], issues: [] })
  })
  await checks.check("npx hub access says who may do what, and makes somebody an owner", async () => {
    const { code, output } = await app.hub(["access", "grant", LOGIN.email, "owner"])
    assert.equal(code, 0, output)
    assert.match((await app.hub(["access"])).output, new RegExp(`${LOGIN.email}.*owner`, "s"))
    assert.equal((await (await AdminApi.open(url, LOGIN)).overview(null)).capture, "installed")
  })
  await checks.check("npx hub why NO-SUCH-SKU says so and fails", async () => {
    const { code, output } = await app.hub(["why", "NO-SUCH-SKU"])
    assert.equal(code, 1, output)
    assert.match(output, /^hub: .*NO-SUCH-SKU/m)
  })
}

async function run(): Promise<void> {
  const folder = temporaryFolder()
  const tarball = await pack(folder)
  const postgres = await checks.must("Postgres starts with an empty database", preparePostgres)
  const appFolder = join(folder, "fresh-shop")
  writeFreshApp(appFolder, REPO_FOLDER, tarball)
  const secret = (): string => randomBytes(32).toString("base64")
  const app = new FreshApp(appFolder, {
    repoFolder: appFolder,
    logFolder: join(folder, "logs"),
    variables: {
      DATABASE_URL: postgres.url(DATABASE),
      HUB_ENCRYPTION_KEYS: `k1:${secret()}`,
      JWT_SECRET: secret(),
      COOKIE_SECRET: secret(),
      NODE_ENV: "production",
    },
  })
  await install(app, appFolder, postgres)
  await use(app)
}

async function main(): Promise<void> {
  // Not `once`: a second signal, such as another Ctrl-C, would end the clean-up halfway.
  process.on("SIGINT", () => interrupted.abort()).on("SIGTERM", () => interrupted.abort())
  try {
    await run()
  } catch (error) {
    if (error instanceof StopChecks) {
      process.stdout.write(`${error.message}\n`)
    } else {
      checks.fail("the check itself", error)
    }
  }
  for (const [what, undo] of cleanUp.reverse()) {
    try {
      await undo()
    } catch (error) {
      checks.fail(what, error)
    }
  }
  process.stdout.write(`${checks.summary()}\n`)
  process.exit(checks.allPassed ? 0 : 1)
}

void main()
