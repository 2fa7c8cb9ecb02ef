import { defineConfig, loadEnv } from "@medusajs/framework/utils"
import { hubModules } from "./src/hub-modules"
import type { EngineOptions, HubOptions } from "./src/types/options"

const environment = process.env.NODE_ENV ?? "development"
loadEnv(environment, process.cwd())

/** The fault tests need leases of seconds, not of half a minute. */
const givenEngineOptions = (): Partial<EngineOptions> =>
  process.env.HUB_ENGINE_OPTIONS ? (JSON.parse(process.env.HUB_ENGINE_OPTIONS) as Partial<EngineOptions>) : {}

const hubOptions: HubOptions = {
  ...(process.env.HUB_ENCRYPTION_KEYS ? { encryption_keys: process.env.HUB_ENCRYPTION_KEYS } : {}),
  // Connectors of other packages, between commas; the tests bring the sample along.
  connectors: (process.env.HUB_CONNECTORS ?? "").split(",").filter((entry) => entry !== ""),
  capture: process.env.HUB_CAPTURE === "events" ? "events" : "trigger",
  engine: {
    autostart: environment !== "test",
    // Addresses, ranges or host names between commas. The simulators of the demo and of the tests run on this machine.
    allow_private_addresses: (process.env.HUB_ALLOW_PRIVATE_ADDRESSES ?? "").split(",").filter((entry) => entry !== ""),
    ...givenEngineOptions(),
  },
}

export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL ?? "",
    databaseDriverOptions: { ssl: false, pool: { max: 40 } },
    // The demo runs the production build over plain http, where a `Secure` session cookie would make every login fail.
    cookieOptions: { secure: false, sameSite: "lax" },
    http: {
      storeCors: process.env.STORE_CORS ?? "http://localhost:8000",
      adminCors: process.env.ADMIN_CORS ?? "http://localhost:9000",
      authCors: process.env.AUTH_CORS ?? "http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET ?? "change-me-in-production",
      cookieSecret: process.env.COOKIE_SECRET ?? "change-me-in-production",
    },
  },
  admin: { disable: process.env.HUB_DEMO_ADMIN === "off" },
  // bench:intake brings a bare route along to compare with.
  plugins: process.env.HUB_BENCH_PLUGIN ? [{ resolve: process.env.HUB_BENCH_PLUGIN, options: {} }] : [],
  modules: [
    // Several processes on one database need a lock that all of them see; the default lives in one process only.
    {
      resolve: "@medusajs/medusa/locking",
      options: {
        providers: [{ resolve: "@medusajs/medusa/locking-postgres", id: "locking-postgres", is_default: true }],
      },
    },
    // The flag alone makes no tables.
    ...(process.env.MEDUSA_FF_RBAC === "true" ? [{ resolve: "@medusajs/medusa/rbac" }] : []),
    ...hubModules(hubOptions),
  ],
})
