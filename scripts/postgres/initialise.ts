import { randomBytes } from "node:crypto"
import { spawn } from "node:child_process"
import { chmod, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { newDraft, removeOldDrafts } from "./drafts"
import { codeOf, failure, messageOf, nextStep, USE_OWN_POSTGRES } from "./failure"
import { type Identity, spawnAs } from "./identity"
import { type Place, placeIn } from "./places"
import { SERVER_ENVIRONMENT, spawnAdvice } from "./server-process"

export const USER = "hub"

/** Sorts by code point and knows every letter's case, the same on every machine. */
const LOCALES = [["--locale=C.UTF-8"], ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]

/** Makes the data folder if there is none, in a draft that one rename publishes: a crash leaves no half of it. */
export async function initialiseOnce(
  place: Place,
  binaries: string,
  durable: boolean,
  identity: Identity | undefined,
  notice: (line: string) => void
): Promise<void> {
  await removeOldDrafts(place.folder)
  if (await isInitialised(place)) return assertOwner(place, identity)
  await setAside(place, notice)
  const draft = placeIn(newDraft(place.folder))
  notice(`Preparing a new Postgres in ${place.folder}`)
  try {
    await fill(draft, binaries, durable, identity)
    await rename(draft.folder, place.folder)
  } catch (error) {
    const othersWereFaster = ["ENOTEMPTY", "EEXIST"].includes(codeOf(error) ?? "") && (await isInitialised(place))
    if (!othersWereFaster) throw explain(error, place)
  } finally {
    await rm(draft.folder, { recursive: true, force: true })
  }
}

export async function readPassword(place: Place): Promise<string> {
  return (await readFile(place.passwordFile, "utf8")).trim()
}

async function fill(draft: Place, binaries: string, durable: boolean, identity: Identity | undefined): Promise<void> {
  const password = randomBytes(24).toString("hex")
  const passwordForInitdb = join(draft.folder, "password-for-initdb")
  await mkdir(draft.folder)
  await chmod(draft.folder, 0o755)
  await writeFile(draft.passwordFile, password, { mode: 0o600 })
  await writeFile(passwordForInitdb, password, { mode: 0o600 })
  await mkdir(draft.dataFolder, { mode: 0o700 })
  if (identity) {
    for (const path of [passwordForInitdb, draft.dataFolder]) await chown(path, identity.uid, identity.gid)
  }
  const common = [`--pgdata=${draft.dataFolder}`, `--username=${USER}`, `--pwfile=${passwordForInitdb}`]
  common.push("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions", ...(durable ? [] : ["--no-sync"]))
  let said: string | undefined
  for (const locale of LOCALES) {
    said = await run(join(binaries, "bin", "initdb"), [...common, ...locale], draft.folder, identity)
    if (said === undefined || !/invalid locale/i.test(said)) break
  }
  if (said !== undefined) throw new Error(said)
  await rm(passwordForInitdb)
}

/** What the program said when it failed, `undefined` when it went well. */
function run(
  program: string,
  options: string[],
  cwd: string,
  identity: Identity | undefined
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"]
    const child = spawn(program, options, { cwd, env: SERVER_ENVIRONMENT, stdio, ...spawnAs(identity) })
    let said = ""
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()))
    child.once("error", reject)
    child.once("close", (code, signal) =>
      resolve(code === 0 ? undefined : `${said}\ninitdb ended with ${code ?? signal}`)
    )
  })
}

async function isInitialised(place: Place): Promise<boolean> {
  const marks = [place.passwordFile, ...["PG_VERSION", "global/pg_control"].map((file) => join(place.dataFolder, file))]
  try {
    for (const mark of marks) await stat(mark)
    return true
  } catch (error) {
    if (codeOf(error) === "EACCES") throw foreignData(place)
    return false
  }
}

async function assertOwner(place: Place, identity: Identity | undefined): Promise<void> {
  const { uid } = await stat(place.dataFolder)
  if (uid !== (identity?.uid ?? process.getuid?.())) throw foreignData(place)
}

function foreignData(place: Place): Error {
  const next = `start as the user who made it, or delete ${place.folder} to start over.`
  return failure(`Postgres' data folder ${place.dataFolder} belongs to another user.`, "", next)
}

/** Something unusable in the server's place is kept under another name, never deleted. */
async function setAside(place: Place, notice: (line: string) => void): Promise<void> {
  const entries = await readdir(place.folder).catch(() => [])
  if (entries.length === 0) return
  const aside = `${place.folder}.unusable-${Date.now()}`
  await rename(place.folder, aside)
  notice(`${place.folder} held no complete Postgres data; it was moved to ${aside}`)
}

function explain(error: unknown, place: Place): Error {
  const said = messageOf(error)
  const next = nextStep(said, spawnAdvice(error) ?? `look at what initdb said, or ${USE_OWN_POSTGRES}.`)
  return failure(`A new Postgres could not be prepared in ${place.folder}.`, said, next, error)
}
