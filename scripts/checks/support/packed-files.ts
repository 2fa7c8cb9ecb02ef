import { readFileSync } from "node:fs"
import { builtinModules } from "node:module"
import { join } from "node:path"

/** What the tarball has to hold. A star stands for a folder's name. */
const REQUIRED = [
  "package.json",
  "README.md",
  "LICENSE",
  "bin/hub.js",
  ".medusa/server/src/hub-modules.js",
  ".medusa/server/src/cli/main.js",
  ".medusa/server/src/api/middlewares.js",
  ".medusa/server/src/api/admin/hub/overview/route.js",
  ".medusa/server/src/api/hooks/hub/[connection_id]/route.js",
  ".medusa/server/src/admin/index.js",
  ".medusa/server/src/admin/index.mjs",
  ".medusa/server/src/types/index.js",
  ".medusa/server/src/types/index.d.ts",
  ".medusa/server/src/testing/index.js",
  ".medusa/server/src/testing/index.d.ts",
  ".medusa/server/src/workflows/index.js",
  ".medusa/server/src/workflows/index.d.ts",
]

const FORBIDDEN: ReadonlyArray<readonly [what: string, pattern: RegExp]> = [
  ["a test", /(^|\/)(__tests__|__mocks__|integration-tests)\/|\.(spec|test)\.[cm]?[jt]sx?$/],
  ["a TypeScript source", /(?<!\.d)\.[cm]?tsx?$/],
  ["Medusa's configuration of this repository", /medusa-config/],
  ["a script of this repository", /(^|\/)scripts\//],
  ["an environment file", /(^|\/)\.env/],
  ["a snapshot of the migration generator", /\/\.snapshot-/],
  ["a source map", /\.map$/],
]

/** Packages that the host app gives to every admin extension; Medusa's own documentation says to leave them out. */
const GIVEN_TO_ADMIN = new Set([
  "react",
  "react-dom",
  "react-i18next",
  "react-router-dom",
  "@tanstack/react-query",
  "@medusajs/js-sdk",
])

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** What is required and not there. Every module of the sources must be there, compiled and with its migrations. */
export function missingFiles(files: readonly string[], modules: readonly string[]): string[] {
  const ofModules = modules.flatMap((module) => {
    const folder = `.medusa/server/src/modules/${module}`
    const hasMigration = files.some((file) => file.startsWith(`${folder}/migrations/`) && file.endsWith(".js"))
    return [`${folder}/index.js`, ...(hasMigration ? [] : [`${folder}/migrations/*.js`])]
  })
  return [...REQUIRED, ...ofModules].filter((file) => !files.includes(file))
}

/** What has no business in the tarball. */
export const forbiddenFiles = (files: readonly string[]): string[] =>
  files.flatMap((file) => FORBIDDEN.filter(([, pattern]) => pattern.test(file)).map(([what]) => `${file}: ${what}`))

/** Entries of `exports` that lead to no file. */
export function deadExports(files: readonly string[], manifest: Manifest): string[] {
  const targets = Object.entries(manifest.exports).flatMap(([name, target]) =>
    (typeof target === "string" ? [target] : Object.values(target)).map((path) => [name, path.slice(2)] as const)
  )
  return targets
    .filter(([, path]) => {
      const [before = "", after] = path.split("*")
      return after === undefined
        ? !files.includes(path)
        : !files.some((file) => file.startsWith(before) && file.endsWith(after))
    })
    .map(([name, path]) => `${name} → ${path}`)
}

/** A statement or a call; "from" within a text, for example in SQL, is neither. */
const IMPORT =
  /(?:\brequire\(\s*|^\s*(?:import|export)\b[^;"'`]*\bfrom\s*|\bimport\(\s*|^\s*import\s*)["']([^"'.][^"']*)["']/gm

const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")

/** Packages that the code asks for and package.json does not promise: they are there only by luck. */
export function undeclaredPackages(folder: string, files: readonly string[], manifest: Manifest): string[] {
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
  return files
    .filter((file) => /\.[cm]?js$/.test(file))
    .flatMap((file) => {
      const isAdmin = file.includes("/src/admin/")
      const code = readFileSync(join(folder, file), "utf8").replace(/\/\/# sourceMappingURL=.*/, "")
      const asked = new Set([...code.matchAll(IMPORT)].map(([, specifier = ""]) => packageOf(specifier)))
      return (
        [...asked]
          .filter((name) => !name.startsWith("node:") && !builtinModules.includes(name))
          // The command runs the sources with ts-node where there are sources, which is never in a package.
          .filter((name) => !(file === "bin/hub.js" && name === "ts-node"))
          .filter((name) => !declared.has(name) && !(isAdmin && GIVEN_TO_ADMIN.has(name)))
          .map((name) => `${file} asks for ${name}`)
      )
    })
}
