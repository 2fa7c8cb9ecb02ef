// @ts-check
/*
 * The import walls, once: ESLint's rule `hub/import-walls` and the architecture test both read this file.
 *
 * A zone is a set of files. The first zone whose pattern matches a file is its zone, so narrow zones stand above wide
 * ones. `may` names the zones it may import, `mayTypes` those it may only `import type`. A zone may always import itself,
 * except where `ownFolder` says how much of the path two files must share.
 */

/**
 * @typedef {object} Zone
 * @property {string} name
 * @property {readonly string[]} files Patterns: `**` any depth, `*` one folder or name, `{a,b}` either.
 * @property {readonly string[]} [may]
 * @property {readonly string[]} [mayTypes]
 * @property {number} [ownFolder] Files of this zone may import each other only below the same first n folders.
 * @property {boolean} [noPeers] Files of this zone may not import each other at all.
 * @property {readonly string[]} [packages] Patterns of packages it may import. Absent: any that no other wall forbids.
 * @property {boolean} [pure] No clock, no chance, no environment, no network.
 * @property {boolean} [sql] May speak SQL.
 * @property {boolean} [sockets] May open a connection outward.
 * @property {string} why Printed with every edge that is refused.
 */

const KERNEL = ["lib", "types"]
const PURE_PACKAGES = ["node:crypto", "node:buffer", "@medusajs/framework/zod"]

/** @type {readonly Zone[]} */
const ZONES = [
  {
    name: "lib",
    files: ["src/lib/**"],
    mayTypes: ["types"],
    packages: ["node:crypto"],
    pure: true,
    why: "The kernel is what everything stands on: it knows no framework, no clock and none of our folders.",
  },
  {
    name: "types",
    files: ["src/types/**"],
    mayTypes: ["lib"],
    packages: [],
    pure: true,
    why: "Public names and shapes. They are read by the admin and by other people's code, so they pull nothing in.",
  },
  {
    name: "formats",
    files: ["src/formats/**"],
    may: KERNEL,
    packages: [...PURE_PACKAGES, "node:stream", "node:zlib", "node:string_decoder", "csv-parse/sync"],
    pure: true,
    why: "A file format turns bytes into rows and back. Where the bytes come from is not its business.",
  },
  {
    name: "simulator-server",
    files: ["src/connectors/simulator/server/**", "src/connectors/simulator/server.ts"],
    may: KERNEL,
    mayTypes: ["simulator"],
    packages: ["node:**", "@medusajs/framework/zod"],
    sockets: true,
    why: "The pretend channel. It stands for somebody else's machine, so it knows nothing of the hub behind it.",
  },
  {
    name: "connector-pure",
    files: ["src/connectors/*/{map,map-*,schema,webhook}.ts"],
    may: KERNEL,
    mayTypes: ["connector-contract", "connector", "simulator"],
    ownFolder: 3,
    packages: PURE_PACKAGES,
    pure: true,
    why: "Mapping and verifying are decisions: the same input gives the same answer, today and in a replay.",
  },
  {
    name: "connector-list",
    files: ["src/connectors/index.ts"],
    may: ["connector", "simulator", "connector-contract", ...KERNEL],
    why: "The list of connectors names them and nothing else.",
  },
  {
    name: "connector-contract",
    files: ["src/connectors/*.ts"],
    may: KERNEL,
    packages: PURE_PACKAGES,
    why: "The contract is what every connector and the engine agree on; it must not know any of them.",
  },
  {
    name: "simulator",
    files: ["src/connectors/simulator/**"],
    may: ["connector-contract", "connector-pure", ...KERNEL],
    ownFolder: 3,
    packages: [...PURE_PACKAGES, "node:url", "node:util"],
    why: "A connector is handed its `http`. It sees no database, no container and no other connector.",
  },
  {
    name: "connector",
    files: ["src/connectors/*/**"],
    may: ["connector-contract", "connector-pure", "formats", ...KERNEL],
    ownFolder: 3,
    packages: [...PURE_PACKAGES, "node:url", "node:util"],
    why: "A connector is handed its `http`. It sees no database, no container and no other connector.",
  },
  {
    name: "http-pure",
    files: ["src/http/limits/**", "src/http/{address-guard,redact,retry-after,http-exchange,call-failure}.ts"],
    may: KERNEL,
    packages: ["node:buffer", "ipaddr.js"],
    pure: true,
    why: "Who may be called, how often, and what may be written down about it are decisions: the same input, the same answer.",
  },
  {
    name: "http",
    files: ["src/http/**"],
    may: ["http-pure", ...KERNEL],
    packages: ["node:**", "undici"],
    sockets: true,
    why: "The only door outward. It carries requests and knows nothing of stock.",
  },
  {
    name: "core",
    files: ["src/modules/*/{core,strategies,methods}/**"],
    may: KERNEL,
    ownFolder: 3,
    packages: PURE_PACKAGES,
    pure: true,
    why: "Decisions are pure: plain data in, a plan out.",
  },
  {
    name: "capture",
    files: ["src/modules/sync/capture/**"],
    may: KERNEL,
    packages: ["@medusajs/framework/**"],
    sql: true,
    why: "The capture trigger is plain SQL, shared by a migration, a loader, the engine and the command line.",
  },
  {
    name: "keys",
    files: ["src/modules/integration-config/keys/**"],
    may: ["core", ...KERNEL],
    packages: ["@medusajs/framework/**"],
    sql: true,
    why: "Stored secrets under other keys, by plain SQL: shared by a loader, the engine and the command line.",
  },
  {
    name: "module",
    files: ["src/modules/*/**"],
    may: ["core", "capture", "keys", ...KERNEL],
    ownFolder: 3,
    packages: ["@medusajs/framework/**", "node:crypto", "node:path"],
    sql: true,
    why: "A module keeps its own rows. It does not know another module and drives no business flow.",
  },
  {
    name: "engine-pure",
    files: [
      "src/engine/lane/{lane-reducer,give-up,lane-row,mark-row,judge-outcomes,bisect,exposure}.ts",
      "src/engine/{guard/plan-guard,breaker/breaker,reconcile/judge-observation}.ts",
      "src/engine/{ingest,parcels}/plan-*.ts",
      "src/engine/ingest/{free-stock,order-lines,order-context}.ts",
    ],
    may: KERNEL,
    packages: PURE_PACKAGES,
    pure: true,
    why: "What to do with a row or an order is decided without I/O, so that every interleaving can be tested.",
  },
  {
    name: "engine-sql",
    files: ["src/engine/sql.ts"],
    may: KERNEL,
    packages: ["@medusajs/framework/**"],
    sql: true,
    why: "The one function that runs a statement. Only modules and the engine may call it.",
  },
  {
    name: "engine-queries",
    files: ["src/engine/queries/**"],
    may: ["engine-pure", "engine-sql", ...KERNEL],
    packages: ["@medusajs/framework/**"],
    sql: true,
    why: "Reads are used from the command line too, where no container exists.",
  },
  {
    name: "engine-database",
    files: [
      "src/engine/{mark,ticks,issues,partitions,move-connection,stock-edits}.ts",
      "src/engine/runs/request-run.ts",
      "src/engine/{doctor,audit,uninstall,access}/**",
    ],
    may: ["engine-pure", "engine-sql", "engine-queries", "capture", "keys", "core", ...KERNEL],
    packages: ["@medusajs/framework/utils", "@medusajs/framework/mikro-orm/**", "node:fs", "node:path"],
    sql: true,
    why: "What can be done with the database alone, so that the command line can do it while Medusa is down.",
  },
  {
    name: "engine",
    files: ["src/engine/**"],
    may: [
      "engine-pure",
      "engine-sql",
      "engine-queries",
      "engine-database",
      "connector-list",
      "connector-contract",
      "http",
      "http-pure",
      "module",
      "capture",
      "keys",
      "core",
      "formats",
      ...KERNEL,
    ],
    sql: true,
    why: "The engine reaches workflows through Medusa's workflow engine by id, and never knows a route or a page.",
  },
  {
    name: "step",
    files: ["src/workflows/**/steps/**"],
    may: ["engine", "engine-database", "engine-pure", "engine-queries", "core", ...KERNEL],
    mayTypes: ["module", "engine-sql"],
    noPeers: true,
    packages: ["@medusajs/framework/**", "@medusajs/medusa/core-flows"],
    why: "One step, one action: it calls engine functions or a module service from the container, never another step.",
  },
  {
    name: "workflow",
    files: ["src/workflows/**"],
    may: ["step", ...KERNEL],
    mayTypes: ["engine", "engine-pure"],
    packages: ["@medusajs/framework/**", "@medusajs/medusa/core-flows"],
    why: "A workflow composes steps and decides nothing itself.",
  },
  {
    name: "api",
    files: ["src/api/**"],
    may: ["workflow", "engine", "engine-database", "engine-queries", "capture", ...KERNEL],
    mayTypes: ["engine-sql", "engine-pure"],
    packages: ["@medusajs/framework", "@medusajs/framework/**", "express"],
    why: "A route validates, calls one workflow or one engine function, and answers.",
  },
  {
    name: "job",
    files: ["src/jobs/**"],
    may: ["workflow", "engine", "engine-database", ...KERNEL],
    noPeers: true,
    packages: ["@medusajs/framework", "@medusajs/framework/**"],
    why: "A job is a clock that calls one function.",
  },
  {
    name: "subscriber",
    files: ["src/subscribers/**"],
    may: ["workflow", "engine", "engine-database", ...KERNEL],
    noPeers: true,
    packages: ["@medusajs/framework", "@medusajs/framework/**"],
    why: "A subscriber turns one event into one call.",
  },
  {
    name: "link",
    files: ["src/links/**"],
    may: ["module", "types"],
    packages: ["@medusajs/framework/**", "@medusajs/medusa/*"],
    why: "A link joins two modules and holds no logic.",
  },
  {
    name: "policies",
    files: ["src/policies/**"],
    may: ["types"],
    packages: ["@medusajs/framework/**"],
    why: "Names for Medusa's RBAC, and nothing that acts.",
  },
  {
    name: "admin",
    files: ["src/admin/**"],
    mayTypes: ["types"],
    packages: [
      "@medusajs/admin-sdk",
      "@medusajs/admin-shared",
      "@medusajs/icons",
      "@medusajs/js-sdk",
      "@medusajs/ui",
      "@tanstack/*",
      "react",
      "react/*",
      "react-dom",
      "react-i18next",
      "react-router-dom",
    ],
    why: "The admin runs in a browser: it takes the types of the answers and nothing of the server.",
  },
  {
    name: "cli",
    files: ["src/cli/**"],
    may: ["engine-queries", "engine-database", "capture", "keys", "core", "simulator-server", ...KERNEL],
    mayTypes: ["engine-sql"],
    packages: ["@medusajs/framework/utils", "node:events", "node:fs", "node:path", "node:process", "node:util"],
    why: "A command reads the database directly, so that it works while Medusa is down.",
  },
  {
    name: "testing",
    files: ["src/testing/**"],
    may: [
      "connector-contract",
      "connector",
      "connector-pure",
      "simulator",
      "simulator-server",
      "http",
      "http-pure",
      "core",
      "formats",
      ...KERNEL,
    ],
    sockets: true,
    why: "Contract suites are exported for people who write their own connector: no database, no container.",
  },
  {
    name: "root",
    files: ["src/*.ts"],
    may: KERNEL,
    packages: [],
    why: "What an app's configuration may load before Medusa boots.",
  },
]

/** Ways to open a connection outward. */
const SOCKET_PACKAGES = [
  "http",
  "https",
  "http2",
  "net",
  "tls",
  "dgram",
  "undici",
  "axios",
  "got",
  "node-fetch",
  "ws",
  "socket.io-client",
]

/** Ways to speak to the database that go round the module services. */
const SQL_PACKAGES = ["@medusajs/framework/mikro-orm/**", "@mikro-orm/**", "knex", "pg"]

/** @param {string} pattern */
function toRegExp(pattern) {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(/\{([^}]*)\}/g, (_, list) => `(?:${list.split(",").join("|")})`)
    .replace(/\*\*/g, "\u0000")
    .replace(/\*/g, "[^/]*")
    .replaceAll("\u0000", ".*")
  return new RegExp(`^${source}$`)
}

/** @type {Map<string, RegExp>} */
const compiled = new Map()

/** @param {string} text @param {readonly string[]} patterns */
const matches = (text, patterns) =>
  patterns.some((pattern) => {
    const expression = compiled.get(pattern) ?? toRegExp(pattern)
    compiled.set(pattern, expression)
    return expression.test(text)
  })

/**
 * @param {string} file Path from the root of the repository, with slashes.
 * @returns {Zone | undefined}
 */
const zoneOf = (file) => ZONES.find((zone) => matches(file, zone.files))

/** @param {string} path @param {number} depth */
const folderOf = (path, depth) => path.split("/").slice(0, depth).join("/")

/**
 * May `from` import our own file `to`?
 *
 * @param {string} from
 * @param {string} to
 * @param {boolean} isTypeOnly
 * @returns {string | null} why not, or `null`
 */
function judgeFile(from, to, isTypeOnly) {
  const zone = zoneOf(from)
  const target = zoneOf(to)
  if (!zone) {
    return null
  }
  if (!target) {
    return `${zone.name} may not import what lies outside src. ${zone.why}`
  }
  const isSameFolder = zone.ownFolder !== undefined && folderOf(from, zone.ownFolder) === folderOf(to, zone.ownFolder)
  if (zone === target) {
    const isFree = !zone.noPeers && (zone.ownFolder === undefined || isSameFolder)
    return isFree ? null : `${zone.name} may not import another ${zone.name}. ${zone.why}`
  }
  const mayValues = zone.may?.includes(target.name) ?? false
  const mayTypes = mayValues || (zone.mayTypes?.includes(target.name) ?? false)
  const isForeign = zone.ownFolder !== undefined && target.ownFolder === zone.ownFolder && !isSameFolder
  if (isForeign) {
    return `${zone.name} may not import ${target.name} of another folder. ${zone.why}`
  }
  if (mayValues || (mayTypes && isTypeOnly)) {
    return null
  }
  return mayTypes
    ? `${zone.name} may import only types of ${target.name} (import type). ${zone.why}`
    : `${zone.name} may not import ${target.name}. ${zone.why}`
}

/**
 * May `from` import a package?
 *
 * @param {string} from
 * @param {string} name As written: `node:net`, `@medusajs/framework/utils`.
 * @param {boolean} isTypeOnly
 * @returns {string | null} why not, or `null`
 */
function judgePackage(from, name, isTypeOnly) {
  const zone = zoneOf(from)
  if (!zone) {
    return null
  }
  if (!zone.sockets && !isTypeOnly && matches(name.replace(/^node:/, ""), SOCKET_PACKAGES)) {
    return `${zone.name} may not open a connection (${name}). Only src/http opens sockets outward.`
  }
  if (!zone.sql && matches(name, SQL_PACKAGES)) {
    return `${zone.name} may not speak SQL (${name}). Only src/modules and src/engine do.`
  }
  if (zone.packages && !matches(name, zone.packages)) {
    return `${zone.name} may not import the package ${name}. ${zone.why}`
  }
  return null
}

/** The only randomness in a pure folder, with its reason. */
const RANDOM_ALLOWED = {
  "src/modules/integration-config/core/envelope.ts": "the iv of AES-GCM must be unpredictable, whoever calls",
}

module.exports = { ZONES, RANDOM_ALLOWED, zoneOf, judgeFile, judgePackage }
