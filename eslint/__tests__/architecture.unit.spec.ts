import { readFileSync } from "node:fs"
import path from "node:path"
import { ROOT } from "../resolve"
import { zoneOf } from "../walls"
import { wallsTable } from "../walls-table"
import { crossedWalls, foreignNames, impureUses, openedSockets, sharedNames, spokenSql, unclassedSteps } from "./checks"
import { parseSource, readSources, type Source } from "./read-source"

const sources = readSources()

const STEP = "src/workflows/order/steps/x.ts"

type Check = (source: Source) => string[]

/** Sources that a check must refuse, with a piece of what it has to say. */
const BROKEN: readonly (readonly [check: Check, file: string, text: string, says: string])[] = [
  [
    crossedWalls,
    "src/lib/x.ts",
    `import { sweep } from "../engine/sweep"`,
    "src/lib/x.ts → src/engine/sweep.ts: lib may not import engine",
  ],
  [crossedWalls, "src/lib/x.ts", `import { HubModules } from "../types/modules"`, "only types of types"],
  [
    crossedWalls,
    "src/lib/x.ts",
    `import { model } from "@medusajs/framework/utils"`,
    "the package @medusajs/framework/utils",
  ],
  [crossedWalls, "src/engine/x.ts", `export * from "../workflows"`, "engine may not import workflow"],
  [
    crossedWalls,
    "src/engine/x.ts",
    `const x = await import("../connectors/shopify/client")`,
    "engine may not import connector",
  ],
  [crossedWalls, "src/engine/x.ts", `import { connect } from "node:net"`, "Only src/http opens sockets"],
  [crossedWalls, "src/connectors/shopify/client.ts", `import { x } from "../amazon/client"`, "another connector"],
  [
    crossedWalls,
    "src/connectors/shopify/client.ts",
    `import { x } from "../amazon/map"`,
    "connector-pure of another folder",
  ],
  [crossedWalls, "src/connectors/shopify/map.ts", `import { open } from "./client"`, "only types of connector"],
  [crossedWalls, "src/modules/sync/service.ts", `import S from "../channel-mapping/service"`, "another module"],
  [crossedWalls, "src/modules/sync/service.ts", `import { x } from "../allocation/core/x"`, "core of another folder"],
  [crossedWalls, STEP, `import { y } from "./y"`, "another step"],
  [crossedWalls, STEP, `import { query } from "../../../engine/sql"`, "only types of engine-sql"],
  [crossedWalls, STEP, `import Service from "../../../modules/sync/service"`, "only types of module"],
  [crossedWalls, "src/api/x.ts", `import { createHttpClient } from "../http/http-client"`, "api may not import http"],
  [crossedWalls, "src/api/x.ts", `import { Knex } from "@medusajs/framework/mikro-orm/knex"`, "may not speak SQL"],
  [crossedWalls, "src/subscribers/x.ts", `import S from "../modules/sync/service"`, "subscriber may not import module"],
  [
    crossedWalls,
    "src/admin/routes/hub/page.tsx",
    `import { STATES } from "../../../types/states"`,
    "only types of types",
  ],
  [crossedWalls, "src/cli/x.ts", `import { startEngine } from "../engine"`, "cli may not import engine"],
  [impureUses, "src/lib/x.ts", `export const x = () => Date.now()`, "src/lib/x.ts:1 uses Date.now"],
  [impureUses, "src/engine/lane/lane-reducer.ts", `const x = new Date()`, "uses new Date()"],
  [impureUses, "src/engine/ingest/plan-order.ts", `const x = Math.random()`, "uses Math.random"],
  [impureUses, "src/connectors/shopify/map.ts", `const { A } = process.env`, "uses process.env"],
  [
    impureUses,
    "src/modules/allocation/strategies/x.ts",
    `import { randomUUID as r } from "node:crypto"`,
    "uses randomUUID",
  ],
  [openedSockets, "src/engine/x.ts", `await fetch("https://example.org")`, "calls fetch"],
  [openedSockets, "src/connectors/shopify/client.ts", `await globalThis.fetch(url)`, "calls fetch"],
  [spokenSql, "src/api/x.ts", `const q = "SELECT id FROM hub_listing"`, "src/api/x.ts:1 speaks SQL"],
  [spokenSql, "src/cli/x.ts", "await sql.raw(statement)", "speaks SQL"],
  [spokenSql, STEP, "const q = `UPDATE hub_listing SET title = ${title}`", "speaks SQL"],
  [unclassedSteps, STEP, `/** This step acts. */ export const x = createStep("x-hub", act)`, "names no class"],
  [
    unclassedSteps,
    STEP,
    `/** Class: none. */ export const x = createStep("x-hub", act, undo)`,
    "takes no compensation",
  ],
  [
    unclassedSteps,
    STEP,
    `/** Class: inverse-delta. */ export const x = createStep("x-hub", act)`,
    "needs a compensation",
  ],
  [
    unclassedSteps,
    STEP,
    `/** Class: reconverge. */ export const x = createStep("x-hub", act, async () => {})`,
    "does nothing",
  ],
  [
    unclassedSteps,
    STEP,
    `/** Class: irreversible. */ export const x = createStep("x-hub", act)`,
    "noCompensation: true",
  ],
  [foreignNames, "src/workflows/x.ts", `createWorkflow("ingest-order", run)`, `workflow "ingest-order"`],
  [foreignNames, STEP, `createStep({ name: "push-github", noCompensation: true }, act)`, `step "push-github"`],
  [foreignNames, "src/jobs/sweep.ts", `export const config = { name: "sweep" }`, `job "sweep"`],
  [foreignNames, "src/modules/sync/models/run.ts", `model.define("run", {})`, `model "run"`],
  [
    foreignNames,
    "src/modules/sync/migrations/M.ts",
    'this.addSql(`create table if not exists "run" ()`)',
    `table "run"`,
  ],
  [foreignNames, "src/types/modules.ts", `export const M = { SYNC: "sync" } as const`, `module "sync"`],
]

/** Sources that look alike and are fine. */
const SOUND: readonly (readonly [check: Check, file: string, text: string])[] = [
  [crossedWalls, "src/lib/x.ts", `import type { CompanyId } from "../types/ids"`],
  [crossedWalls, "src/lib/x.ts", `import { type CompanyId, type ListingId } from "../types/ids"`],
  [crossedWalls, "src/lib/quantity/x.ts", `import { createHash } from "node:crypto"; export * from "./decimal"`],
  [crossedWalls, "src/engine/x.ts", `import { connectorRegistry } from "../connectors"`],
  [crossedWalls, "src/connectors/shopify/client.ts", `import { toListing } from "./map"`],
  [crossedWalls, "src/http/x.ts", `import { lookup } from "node:dns"; import { request } from "node:https"`],
  [crossedWalls, "src/api/x.ts", `import { sweep } from "../engine/sweep"`],
  [
    crossedWalls,
    STEP,
    `import type S from "../../../modules/sync/service"; import { sweep } from "../../../engine/sweep"`,
  ],
  [impureUses, "src/lib/x.ts", `export const day = (now: Date) => new Date(now.getTime() + 1)`],
  [impureUses, "src/engine/dispatcher.ts", `const x = performance.now()`],
  [openedSockets, "src/http/http-client.ts", `await fetch(request)`],
  [openedSockets, "src/admin/lib/x.ts", `await sdk.client.fetch("/admin/hub/overview")`],
  [spokenSql, "src/engine/x.ts", `const q = "SELECT id FROM hub_listing"`],
  [spokenSql, "src/api/x.ts", `raw({ limit: "1mb" }); const text = "Select a channel, then update it."`],
  [unclassedSteps, STEP, `/** Reads. Class: none. */ export const x = createStep("load-hub-x", act)`],
  [unclassedSteps, STEP, `/** Class: delete-created. */ export const x = createStep("create-hub-x", act, undo)`],
  [foreignNames, "src/jobs/hub-drain.ts", `export const config = { name: "hub-drain" }`],
]

describe("architecture", () => {
  it("knows the zone of every file in src", () => {
    expect(sources.map(({ file }) => file).filter((file) => !zoneOf(file))).toEqual([])
  })

  it("keeps to the import walls", () => {
    expect(sources.flatMap(crossedWalls)).toEqual([])
  })

  it("is described in docs/architecture.md as it is", () => {
    const page = readFileSync(path.join(ROOT, "docs/architecture.md"), "utf8")
    expect(page).toContain(`<!-- walls:start -->\n${wallsTable()}\n<!-- walls:end -->`)
  })

  it("keeps clock, chance and environment out of pure folders", () => {
    expect(sources.flatMap(impureUses)).toEqual([])
  })

  it("opens sockets in src/http only", () => {
    expect(sources.flatMap(openedSockets)).toEqual([])
  })

  it("speaks SQL in modules and the engine only", () => {
    expect(sources.flatMap(spokenSql)).toEqual([])
  })

  it("says of every step how it is undone", () => {
    expect(sources.flatMap(unclassedSteps)).toEqual([])
  })

  it("puts the word hub into every name that it shares with other plugins", () => {
    expect(sources.flatMap(foreignNames)).toEqual([])
  })

  it.each(["workflow", "step", "job", "model", "table", "module"])("finds names of the kind %s at all", (kind) => {
    expect(sources.flatMap(sharedNames).filter((found) => found.kind === kind)).not.toEqual([])
  })
})

describe("the checks of the architecture", () => {
  it.each(BROKEN.map(([check, ...rest]) => [check.name, ...rest, check] as const))(
    "%s: refuses in %s: %s",
    (_name, file, text, says, check) => {
      expect(check(parseSource(file, text)).join("\n")).toContain(says)
    }
  )

  it.each(SOUND.map(([check, ...rest]) => [check.name, ...rest, check] as const))(
    "%s: accepts in %s: %s",
    (_name, file, text, check) => {
      expect(check(parseSource(file, text))).toEqual([])
    }
  )
})
