import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { INSTALL_CAPTURE_SQL } from "../../modules/sync/capture/capture-sql"

const MODULES_FOLDER = join(__dirname, "../../modules")

/** What the hub's own migrations make, read from the migrations: nothing is taken away that they did not make. */
export interface OwnSchema {
  readonly migrations: readonly string[]
  readonly tables: readonly string[]
  readonly functions: readonly string[]
}

function migrationFiles(folder: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder)
    .map((module) => join(folder, module, "migrations"))
    .filter((migrations) => existsSync(migrations))
    .flatMap((migrations) => {
      const names = readdirSync(migrations).filter((name) => /^Migration\d+\.(js|ts)$/.test(name))
      return names.map((name) => ({ name, text: readFileSync(join(migrations, name), "utf8") }))
    })
}

const found = (texts: readonly string[], pattern: RegExp): string[] =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])))].sort()

/** Reads it from the code that runs, whichever version the database is at. */
export function readOwnSchema(folder = MODULES_FOLDER): OwnSchema {
  const files = migrationFiles(folder)
  const texts = files.map(({ text }) => text)
  return {
    migrations: files.map(({ name }) => name.replace(/\.(js|ts)$/, "")).sort(),
    tables: found(texts, /create (?:unlogged )?table (?:if not exists )?[\\"]*(hub_\w+)/gi),
    functions: found([...texts, INSTALL_CAPTURE_SQL], /create (?:or replace )?function (hub_\w+)/gi),
  }
}
