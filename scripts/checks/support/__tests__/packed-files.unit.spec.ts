import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { deadExports, forbiddenFiles, missingFiles, undeclaredPackages } from "../packed-files"

const BUILT = ".medusa/server/src"

describe("missingFiles", () => {
  it("wants the compiled code and the migrations of every module", () => {
    const missing = missingFiles(["package.json", `${BUILT}/modules/sync/index.js`], ["sync", "other"])
    expect(missing).toEqual(
      expect.arrayContaining([
        "bin/hub.js",
        `${BUILT}/admin/index.mjs`,
        `${BUILT}/modules/sync/migrations/*.js`,
        `${BUILT}/modules/other/index.js`,
      ])
    )
    expect(missing).not.toContain("package.json")
    expect(missing).not.toContain(`${BUILT}/modules/sync/index.js`)
  })
})

describe("forbiddenFiles", () => {
  it.each([
    `${BUILT}/lib/__tests__/result.unit.spec.js`,
    `${BUILT}/lib/result.spec.js`,
    "src/lib/result.ts",
    "src/admin/page.tsx",
    ".medusa/server/medusa-config.js",
    ".medusa/server/scripts/demo/main.js",
    ".env",
    ".env.production",
    `${BUILT}/modules/sync/migrations/.snapshot-sync.json`,
    `${BUILT}/lib/result.js.map`,
  ])("finds %s", (file) => {
    expect(forbiddenFiles([file])).not.toEqual([])
  })

  it.each([
    "package.json",
    "bin/hub.js",
    `${BUILT}/lib/result.js`,
    `${BUILT}/lib/result.d.ts`,
    `${BUILT}/testing/index.js`,
  ])("lets %s pass", (file) => {
    expect(forbiddenFiles([file])).toEqual([])
  })
})

describe("deadExports", () => {
  const manifest = {
    exports: { "./types": "./types/index.js", "./modules/*": "./modules/*/index.js", "./a": { import: "./a.mjs" } },
  }

  it("follows plain entries, patterns and conditions", () => {
    expect(deadExports(["types/index.js", "modules/sync/index.js", "a.mjs"], manifest)).toEqual([])
    expect(deadExports(["types/index.d.ts", "modules/sync/service.js", "a.js"], manifest)).toEqual([
      "./types → types/index.js",
      "./modules/* → modules/*/index.js",
      "./a → a.mjs",
    ])
  })
})

describe("undeclaredPackages", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-packed-"))
  afterAll(() => rmSync(folder, { recursive: true }))

  it("finds what is required, imported or imported late and promised nowhere", () => {
    const code = [
      'const a = require("left-pad")',
      'import b from "@scope/thing/deep"',
      'const c = await import("lazy-one")',
      'import "side-effect"',
      'this.addSql(`create index on x; delete from "some_table" where y = 1`)',
      'const d = require("@medusajs/framework/utils"), e = require("node:fs"), f = require("path"), g = require("./own")',
    ]
    writeFileSync(join(folder, "code.js"), code.join("\n"))
    const manifest = { exports: {}, peerDependencies: { "@medusajs/framework": "*" } }
    expect(undeclaredPackages(folder, ["code.js"], manifest)).toEqual(
      ["left-pad", "@scope/thing", "lazy-one", "side-effect"].map((name) => `code.js asks for ${name}`)
    )
  })
})
