import { readdirSync } from "node:fs"
import { join } from "node:path"
import { query, type Sql } from "../../sql"
import { defineCheck, type Finding } from "../check"

export interface SchemaFacts {
  readonly expected: readonly string[]
  readonly applied: readonly string[]
}

const MODULES_FOLDER = join(__dirname, "../../../modules")

/** Names of the hub's migrations, as this version of the code brings them. */
export const ownMigrations = (folder = MODULES_FOLDER): string[] =>
  readdirSync(folder)
    .flatMap((module) => filesIn(join(folder, module, "migrations")))
    .flatMap((file) => /^(Migration\d+)\.(?:js|ts)$/.exec(file)?.[1] ?? [])
    .sort()

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

async function load(sql: Sql): Promise<SchemaFacts> {
  const expected = ownMigrations()
  const [book] = await query<{ there: boolean }>(sql, "SELECT to_regclass('mikro_orm_migrations') IS NOT NULL AS there")
  const rows = book?.there
    ? await query<{ name: string }>(sql, "SELECT name FROM mikro_orm_migrations WHERE name = ANY(:expected)", {
        expected,
      })
    : []
  return { expected, applied: rows.map(({ name }) => name) }
}

export function judgeSchema({ expected, applied }: SchemaFacts): Finding[] {
  const missing = expected.filter((name) => !applied.includes(name))
  return missing.length === 0
    ? []
    : [
        {
          severity: "down",
          what: `The database is behind the code: ${missing.length} of ${expected.length} migrations have not run.`,
          means: "What needs the new tables or columns fails, and work waits.",
          fix: "Run npx medusa db:migrate. It only adds, so a shop that runs may keep running.",
          ids: missing.slice(0, 10),
          count: missing.length,
        },
      ]
}

export const schema = defineCheck<SchemaFacts>({
  id: "schema",
  title: "The database has every migration of this version",
  tables: [],
  cost: "quick",
  load: ({ sql }) => load(sql),
  judge: judgeSchema,
})
