import { statSync } from "node:fs"
import { dirname } from "node:path"
import { codeOf } from "./failure"
import type { Identity } from "./identity"

export interface ModeBits {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

export type Inspect = (path: string) => ModeBits | undefined

const READ = 4
const ENTER = 1

/** The first folder on the way to `path` that `who` may not pass through, or `undefined` when the way is open. */
export function firstClosedFolder(path: string, who: Identity, inspect: Inspect = inspectDisk): string | undefined {
  return waysTo(path).find((folder) => !allows(inspect(folder), who, ENTER))
}

/** As above, and `path` itself must be open for reading and entering (a folder) or running (a program). */
export function firstClosedForReading(path: string, who: Identity, inspect: Inspect = inspectDisk): string | undefined {
  return firstClosedFolder(path, who, inspect) ?? (allows(inspect(path), who, READ | ENTER) ? undefined : path)
}

/** `/a/b/c` → `/`, `/a`, `/a/b`, `/a/b/c`. */
function waysTo(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...waysTo(parent), path]
}

/** What does not exist yet is no obstacle: the launcher makes it open. */
function allows(bits: ModeBits | undefined, who: Identity, wanted: number): boolean {
  if (!bits) return true
  const shift = bits.uid === who.uid ? 6 : bits.gid === who.gid ? 3 : 0
  return ((bits.mode >> shift) & wanted) === wanted
}

function inspectDisk(path: string): ModeBits | undefined {
  try {
    return statSync(path)
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined
    throw error
  }
}
