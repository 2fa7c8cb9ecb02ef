import { chmod, copyFile, lstat, mkdir, readdir, readlink, rename, rm, symlink } from "node:fs/promises"
import { extname, join } from "node:path"
import { type Binaries, completeBinaries } from "./binaries"
import { newDraft, removeOldDrafts } from "./drafts"
import { codeOf, failure, messageOf, nextStep, USE_OWN_POSTGRES } from "./failure"

/** Copies the Postgres programs once to where the user `nobody` can run them. Returns the folder of the copy. */
export async function copyBinariesOnce(binaries: Binaries, into: string): Promise<string> {
  const target = join(into, `native-${binaries.version}`)
  await removeOldDrafts(target)
  if (await isWhole(target)) return target
  const draft = newDraft(target)
  try {
    await copyFolder(binaries.folder, draft)
    await completeBinaries(draft)
    await publish(draft, target)
  } catch (error) {
    const said = messageOf(error)
    const next = nextStep(said, `make ${into} writable, or ${USE_OWN_POSTGRES}.`)
    throw failure(`The Postgres programs could not be copied to ${target}.`, said, next, error)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return target
}

/** A copy is published by one rename, so it is whole, unless a cleaner of temporary files has been at it. */
async function isWhole(folder: string): Promise<boolean> {
  const marks = ["bin/initdb", "bin/postgres", "lib/postgresql", "share/postgresql/postgres.bki"]
  const found = await Promise.all(marks.map((mark) => lstat(join(folder, mark)).catch(() => undefined)))
  return found.every((entry) => entry !== undefined)
}

async function publish(draft: string, target: string): Promise<void> {
  try {
    await rename(draft, target)
  } catch (error) {
    if (codeOf(error) !== "ENOTEMPTY" && codeOf(error) !== "EEXIST") throw error
    if (await isWhole(target)) return // somebody else was faster
    await rm(target, { recursive: true, force: true })
    await rename(draft, target)
  }
}

/** Modes are set by hand, because the original may be closed to others by the umask of whoever installed it. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copyFolder(source, target)
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else if (extname(entry.name) !== ".a") await copyProgram(source, target)
  }
}

async function copyProgram(source: string, target: string): Promise<void> {
  await copyFile(source, target)
  const { mode } = await lstat(source)
  await chmod(target, mode & 0o100 ? 0o755 : 0o644)
}
