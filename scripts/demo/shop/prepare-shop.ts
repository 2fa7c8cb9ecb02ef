import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Client } from "@medusajs/framework/pg"
import type { DatabaseServer } from "../../postgres"
import { runMedusa, type MedusaEnvironment } from "./medusa-process"
import type { SeedRequest } from "./seed-shop"

/** Tells people how far a long step is; `total` 1 means that nobody knows. */
export type Progress = (step: string, done: number, total: number) => void

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name !== "__tests__") {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        yield* filesBelow(path)
      } else {
        yield path
      }
    }
  }
}

/** A name for the state of the sources: when it is the same, nothing has to be built or migrated again. */
export function sourceStamp(repoFolder: string, folders: readonly string[]): string {
  const hash = createHash("sha256")
  for (const path of folders.flatMap((folder) => [...filesBelow(join(repoFolder, folder))]).sort()) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return hash.update(readFileSync(join(repoFolder, "package.json"))).digest("hex")
}

/** Remembers in a file what has been done, so that a second start takes seconds. */
export class Stamps {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true })
  }

  has(name: string, stamp: string): boolean {
    const file = join(this.folder, name)
    return existsSync(file) && readFileSync(file, "utf8") === stamp
  }

  set(name: string, stamp: string): void {
    writeFileSync(join(this.folder, name), stamp)
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true })
    mkdirSync(this.folder, { recursive: true })
  }
}

export interface ShopPlan {
  readonly environment: MedusaEnvironment
  readonly postgres: DatabaseServer
  readonly database: string
  readonly stamps: Stamps
  readonly seed: SeedRequest
  readonly progress: Progress
}

async function dropDatabase(postgres: DatabaseServer, database: string): Promise<void> {
  const client = new Client({ connectionString: postgres.url("postgres") })
  await client.connect()
  try {
    await client.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
  } finally {
    await client.end()
  }
}

/**
 * Makes the database, its tables and the shop in it, each only when it has not been done before. A shop that was filled
 * for another request, or only in part, is thrown away: half a shop explains nothing.
 */
export async function prepareShop(plan: ShopPlan): Promise<void> {
  const { environment, stamps, database, postgres } = plan
  const migrated = sourceStamp(environment.repoFolder, ["src/modules"])
  const seeded = createHash("sha256").update(JSON.stringify(plan.seed)).digest("hex")
  if (!stamps.has(`${database}.seeded`, seeded)) {
    await dropDatabase(postgres, database)
  }
  if ((await postgres.createDatabase(database)) === "created" || !stamps.has(`${database}.migrated`, migrated)) {
    plan.progress("Create tables", 0, 1)
    await runMedusa(environment, "migrate", ["db:migrate", "--execute-safe-links"])
    stamps.set(`${database}.migrated`, migrated)
    plan.progress("Create tables", 1, 1)
  }
  if (!stamps.has(`${database}.seeded`, seeded)) {
    const file = join(environment.logFolder, `${database}.seed.json`)
    writeFileSync(file, JSON.stringify(plan.seed))
    plan.progress("Add products", 0, plan.seed.products.length)
    await runMedusa(environment, "seed", ["exec", "./scripts/demo/shop/seed-shop.ts", file], (line) => {
      const [, done, total] = /hub-demo-progress (\d+) (\d+)/.exec(line) ?? []
      if (done && total) {
        plan.progress("Add products", Number(done), Number(total))
      }
    })
    stamps.set(`${database}.seeded`, seeded)
  }
}
