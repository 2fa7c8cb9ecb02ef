import { randomBytes } from "node:crypto"
import { readdir, rm } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { isAlive } from "./processes"

/** Where a folder is put together before one rename publishes it: whoever finds the folder finds all of it. */
export function newDraft(folder: string): string {
  return `${folder}.draft-${process.pid}-${randomBytes(4).toString("hex")}`
}

/** Removes what processes that were killed at work left behind. */
export async function removeOldDrafts(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.draft-`
  for (const entry of await readdir(dirname(folder)).catch(() => [])) {
    if (!entry.startsWith(prefix) || isAlive(Number.parseInt(entry.slice(prefix.length), 10))) continue
    await rm(join(dirname(folder), entry), { recursive: true, force: true }).catch(() => undefined)
  }
}
