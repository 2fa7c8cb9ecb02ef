import { readFile, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"

/** What a running server writes about itself into `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number
  /** Missing in the first moment of a start. */
  readonly port: number | undefined
}

export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split("\n")
  const pid = wholeNumber(lines[0])
  return pid === undefined ? undefined : { pid, port: wholeNumber(lines[3]) }
}

export async function readPostmasterFile(dataFolder: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(pathIn(dataFolder), "utf8").catch(() => undefined)
  return text === undefined ? undefined : parsePostmasterFile(text)
}

/**
 * Frees a file whose process id has passed to another program, which Postgres would take for a running server. It is
 * not deleted but claimed for this process: Postgres never minds its parent, and still checks by the shared memory
 * noted further down that no process of the old server is left.
 */
export async function claimPostmasterFile(dataFolder: string): Promise<void> {
  const text = await readFile(pathIn(dataFolder), "utf8")
  await writeFile(pathIn(dataFolder), text.replace(/^\d+/, String(process.pid)))
}

/** An empty file is a server in its first moment, or else what a crash of the machine left; the latter blocks a start. */
export async function removeOldEmptyPostmasterFile(dataFolder: string): Promise<void> {
  const found = await stat(pathIn(dataFolder)).catch(() => undefined)
  if (found?.size === 0 && Date.now() - found.mtimeMs > 5_000) await rm(pathIn(dataFolder), { force: true })
}

function pathIn(dataFolder: string): string {
  return join(dataFolder, "postmaster.pid")
}

function wholeNumber(line: string | undefined): number | undefined {
  return line !== undefined && /^[1-9]\d*$/.test(line.trim()) ? Number(line) : undefined
}
