import { createHash } from "node:crypto"
import { lstat, mkdir, readlink, realpath, rm, symlink, chmod } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { Binaries } from "./binaries"
import { codeOf, failure, messageOf, nextStep, USE_OWN_POSTGRES } from "./failure"
import type { Identity } from "./identity"
import { firstClosedFolder, firstClosedForReading } from "./reachability"

/** Where one server keeps everything. Deleting `folder` is starting over. */
export interface Place {
  readonly folder: string
  readonly dataFolder: string
  readonly passwordFile: string
  readonly logFile: string
  /** Set when the repository is closed to the user Postgres runs as: everything lies in this folder instead. */
  readonly outside: string | undefined
}

export function folderInRepo(repoFolder: string, name: string): string {
  return join(repoFolder, ".hub", "postgres", name)
}

export function folderOutside(temporaryFolder: string, repoFolder: string): string {
  const hash = createHash("sha256").update(repoFolder).digest("hex").slice(0, 8)
  return join(temporaryFolder, `medusa-stock-hub-${hash}`)
}

export function placeIn(folder: string, outside?: string): Place {
  return {
    folder,
    dataFolder: join(folder, "data"),
    passwordFile: join(folder, "password"),
    logFile: join(folder, "server.log"),
    outside,
  }
}

/** The folder or file that keeps `who` from the binaries or from the data, if there is one. */
export function findObstacle(folder: string, binaries: Binaries, who: Identity): string | undefined {
  const parts = ["bin/postgres", "bin/initdb", "lib", "lib/postgresql", "share/postgresql"]
  const programs = parts.map((part) => join(binaries.folder, part))
  return programs.map((path) => firstClosedForReading(path, who)).find(Boolean) ?? firstClosedFolder(folder, who)
}

export async function choosePlace(
  repoFolder: string,
  name: string,
  binaries: Binaries,
  identity: Identity | undefined
): Promise<Place> {
  const inRepo = folderInRepo(repoFolder, name)
  const folder = await followLink(inRepo)
  const obstacle = identity && findObstacle(folder, binaries, identity)
  if (!identity || !obstacle) {
    await makeFolder(dirname(folder))
    return placeIn(folder)
  }
  const temporary = await realpath("/var/tmp").catch(() => realpath("/tmp"))
  const outside = folderOutside(temporary, repoFolder)
  if (folder === inRepo && (await lstat(inRepo).catch(() => undefined))) throw unreachableData(inRepo, obstacle)
  await makeOwnFolder(outside)
  const place = placeIn(join(outside, name), outside)
  await makeFolder(dirname(inRepo))
  await leaveLink(inRepo, place.folder)
  return place
}

/** The server's folder may be a link that an earlier start left; one that leads nowhere is dropped. */
async function followLink(path: string): Promise<string> {
  const entry = await lstat(path).catch(() => undefined)
  if (!entry?.isSymbolicLink()) return path
  try {
    return await realpath(path)
  } catch {
    await rm(path)
    return path
  }
}

async function leaveLink(link: string, target: string): Promise<void> {
  if ((await readlink(link).catch(() => undefined)) === target) return
  await rm(link, { force: true })
  await symlink(target, link).catch((error: unknown) => {
    if (codeOf(error) !== "EEXIST") throw error
  })
}

/** Makes a folder and its parents, open to others whatever the umask; folders that exist are left alone. */
async function makeFolder(path: string): Promise<void> {
  try {
    const first = await mkdir(path, { recursive: true })
    for (let made = path; first !== undefined && made.length >= first.length; made = dirname(made)) {
      await chmod(made, 0o755)
    }
  } catch (error) {
    const said = messageOf(error)
    const next = nextStep(said, `make it writable for you, or ${USE_OWN_POSTGRES}.`)
    throw failure(`The folder ${path} for Postgres' data could not be made.`, said, next, error)
  }
}

/** In a folder that everybody may write to, a folder that is not ours may be a trap: root runs programs from it. */
async function makeOwnFolder(path: string): Promise<void> {
  await makeFolder(path)
  const entry = await lstat(path)
  const ours = entry.isDirectory() && entry.uid === process.getuid?.() && (entry.mode & 0o022) === 0
  if (!ours)
    throw failure(`${path} belongs to somebody else, or others may write to it.`, "", `delete it, then start again.`)
}

function unreachableData(folder: string, obstacle: string): Error {
  return failure(
    `Postgres' data lies in ${folder}, but ${obstacle} is closed to the user "nobody" that root runs Postgres as.`,
    "",
    `start as the user who made that folder, or delete it to start over.`
  )
}
