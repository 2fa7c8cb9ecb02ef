import { query, type Sql } from "../../sql"
import { readOwnSchema } from "../../uninstall/own-schema"
import { defineCheck, type Finding } from "../check"

export interface SchemaFacts {
  readonly expected: readonly string[]
  readonly applied: readonly string[]
}

async function load(sql: Sql): Promise<SchemaFacts> {
  const expected = [...readOwnSchema().migrations]
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
