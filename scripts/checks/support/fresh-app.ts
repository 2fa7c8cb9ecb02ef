import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** What an app of its own needs beside Medusa. */
const TOOLS = [
  "@swc/core",
  "@tanstack/react-query",
  "@types/node",
  "@types/react",
  "@types/react-dom",
  "react",
  "react-dom",
  "react-router-dom",
  "ts-node",
  "typescript",
]

/** Only for developing a plugin; an app has no use for them. */
const NOT_IN_APPS = new Set(["@medusajs/eslint-plugin", "@medusajs/test-utils"])

const MEDUSA_CONFIG = `import { defineConfig, loadEnv } from "@medusajs/framework/utils"

loadEnv(process.env.NODE_ENV || "development", process.cwd())

export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false },
    http: {
      storeCors: "http://localhost:8000",
      adminCors: "http://localhost:9000",
      authCors: "http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET,
      cookieSecret: process.env.COOKIE_SECRET,
    },
  },
  plugins: [
    {
      resolve: "medusa-stock-hub",
      options: { encryption_keys: process.env.HUB_ENCRYPTION_KEYS, connectors: ["./src/bookshop"] },
    },
  ],
})
`

const TSCONFIG = {
  compilerOptions: {
    target: "ES2021",
    module: "Node16",
    moduleResolution: "Node16",
    esModuleInterop: true,
    emitDecoratorMetadata: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    strict: true,
    declaration: false,
    inlineSourceMap: true,
    outDir: "./.medusa/server",
    rootDir: "./",
    jsx: "react-jsx",
    resolveJsonModule: true,
  },
  "ts-node": { swc: true },
  include: ["**/*", ".medusa/types/*"],
  exclude: ["node_modules", ".medusa/server", ".medusa/admin", ".cache"],
}

/** Uses what the package exports, so that a build finds out whether names and types are there. */
const REGISTRATIONS = `import type { ConfigModule, ExecArgs } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { hubModules } from "medusa-stock-hub/hub-modules"
import type * as testing from "medusa-stock-hub/testing"
import type { HubOptions } from "medusa-stock-hub/types"
import * as workflows from "medusa-stock-hub/workflows"

const options: HubOptions = {}

/** The harness needs jest's globals, so only its types are looked at here. */
export type Harness = Parameters<(typeof testing)["testConnector"]>

export default async function listRegistrations({ container }: ExecArgs): Promise<void> {
  const config: ConfigModule = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const configured = Object.entries(config.modules ?? {})
    .filter(([, module]) => JSON.stringify(module).includes("medusa-stock-hub"))
    .map(([key]) => key)
  const found = {
    configured,
    resolvable: configured.filter((key) => Boolean(container.resolve(key, { allowUnregistered: true }))),
    declared: hubModules(options).map((module) => module.key),
    workflows: Object.keys(workflows),
  }
  console.log("hub-registrations " + JSON.stringify(found))
}
`

export interface Registrations {
  /** Keys of the modules that Medusa took from the package. */
  readonly configured: readonly string[]
  /** Those of them that are really there. */
  readonly resolvable: readonly string[]
  /** What the package's own `hubModules` lists. */
  readonly declared: readonly string[]
  readonly workflows: readonly string[]
}

export const LIST_REGISTRATIONS = "./src/scripts/list-registrations.ts"

interface Versions {
  readonly devDependencies: Readonly<Record<string, string>>
}

/** The versions that this repository is developed with, for those packages that an app needs. */
function appDependencies({ devDependencies }: Versions): Record<string, string> {
  const wanted = Object.entries(devDependencies).filter(
    ([name]) => (name.startsWith("@medusajs/") && !NOT_IN_APPS.has(name)) || TOOLS.includes(name)
  )
  return Object.fromEntries(wanted)
}

/** Writes a second Medusa app that has never heard of this repository and has the tarball among its dependencies. */
export function writeFreshApp(folder: string, repoFolder: string, tarball: string): void {
  const versions = JSON.parse(readFileSync(join(repoFolder, "package.json"), "utf8")) as Versions
  const files: Record<string, string> = {
    "package.json": JSON.stringify({
      name: "fresh-shop",
      version: "0.0.0",
      private: true,
      dependencies: { ...appDependencies(versions), "medusa-stock-hub": `file:${tarball}` },
    }),
    "tsconfig.json": JSON.stringify(TSCONFIG),
    "medusa-config.ts": MEDUSA_CONFIG,
    [LIST_REGISTRATIONS]: REGISTRATIONS,
    "src/bookshop.ts": readFileSync(join(repoFolder, "examples/sample-connector/src/index.ts"), "utf8"),
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** Finds the line that the script above printed among everything else that Medusa prints. */
export function readRegistrations(output: string): Registrations {
  const [, json] = /hub-registrations (\{.*\})/.exec(output) ?? []
  if (!json) {
    throw new Error(`The script in the fresh app printed no registrations:\n${output.slice(-2_000)}`)
  }
  return JSON.parse(json) as Registrations
}
