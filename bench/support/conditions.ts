import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { availableParallelism, cpus, loadavg, totalmem } from "node:os"
import { join } from "node:path"
import type { Client } from "@medusajs/framework/pg"

/** Under which conditions something was measured. Figures without them mean nothing. */
export interface Conditions {
  readonly cores: number
  readonly processor: string
  readonly memoryGb: number
  /** Device and file system below the data folder; null when the server is somebody else's. */
  readonly disk: string | null
  readonly fsync: string
  readonly synchronousCommit: string
  readonly fullPageWrites: string
  readonly sharedBuffers: string
  readonly node: string
  readonly postgres: string
  readonly medusa: string
  /** Load of the machine before the first measurement, averaged over one minute. */
  readonly loadBefore: number
}

function diskBelow(folder: string): string | null {
  try {
    const [, line = ""] = execFileSync("df", ["--output=source,fstype", folder], { encoding: "utf8" }).split("\n")
    return line.trim().replace(/\s+/g, " ")
  } catch {
    return null
  }
}

/** @param dataFolder where Postgres keeps its files, if that is known */
export async function readConditions(db: Client, repoFolder: string, dataFolder: string | null): Promise<Conditions> {
  const setting = async (name: string): Promise<string> =>
    (await db.query<{ value: string }>("SELECT current_setting($1) AS value", [name])).rows[0]?.value ?? ""
  const medusa: unknown = JSON.parse(
    readFileSync(join(repoFolder, "node_modules/@medusajs/medusa/package.json"), "utf8")
  )
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 1_024 ** 3),
    disk: dataFolder === null ? null : diskBelow(dataFolder),
    fsync: await setting("fsync"),
    synchronousCommit: await setting("synchronous_commit"),
    fullPageWrites: await setting("full_page_writes"),
    sharedBuffers: await setting("shared_buffers"),
    node: process.version,
    postgres: await setting("server_version"),
    medusa:
      typeof medusa === "object" && medusa !== null && "version" in medusa && typeof medusa.version === "string"
        ? medusa.version
        : "unknown",
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  }
}

export const describeConditions = (c: Conditions): string =>
  `${c.cores} cores (${c.processor}), ${c.memoryGb} GiB, disk ${c.disk ?? "unknown"}, load before ${c.loadBefore}; ` +
  `Postgres ${c.postgres} (fsync ${c.fsync}, synchronous_commit ${c.synchronousCommit}, shared_buffers ${c.sharedBuffers}), ` +
  `Node ${c.node}, Medusa ${c.medusa}`
