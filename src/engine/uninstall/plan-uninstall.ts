import { query, type Sql } from "../sql"
import { readOwnSchema, type OwnSchema } from "./own-schema"

/** What of the hub is in a database. */
export interface UninstallPlan {
  readonly triggers: readonly { readonly name: string; readonly table: string }[]
  readonly functions: readonly string[]
  /** Without partitions, which go with their table. */
  readonly tables: readonly { readonly name: string; readonly rows: number }[]
  readonly partitionCount: number
  /** Rows of `mikro_orm_migrations`. */
  readonly migrations: readonly string[]
  readonly aliveWorkers: readonly string[]
}

// Also a trigger that somebody switched off, and one whose function has been changed.
const TRIGGERS_SQL = `
  SELECT t.tgname AS name, c.relname AS table FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
  WHERE NOT t.tgisinternal AND c.relnamespace = to_regnamespace(current_schema()) AND p.proname = ANY(:functions)
  ORDER BY 2, 1`

const FUNCTIONS_SQL = `
  SELECT p.oid::regprocedure::text AS name FROM pg_proc p
  WHERE p.pronamespace = to_regnamespace(current_schema()) AND p.proname = ANY(:functions) ORDER BY 1`

const TABLES_SQL = `
  SELECT c.relname AS name, GREATEST(c.reltuples, 0)::float8 AS rows FROM pg_class c
  WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname = ANY(:tables) ORDER BY 1`

const PARTITIONS_SQL = `
  SELECT count(*)::int AS count FROM pg_inherits i JOIN pg_class parent ON parent.oid = i.inhparent
  WHERE parent.relnamespace = to_regnamespace(current_schema()) AND parent.relname = ANY(:tables)`

const WORKERS_SQL = `
  SELECT host || ':' || pid AS name FROM hub_worker
  WHERE deleted_at IS NULL AND seen_at > clock_timestamp() - interval '30 seconds' ORDER BY 1`

const isThere = async (sql: Sql, table: string): Promise<boolean> =>
  (await query<{ there: boolean }>(sql, "SELECT to_regclass(:table) IS NOT NULL AS there", { table }))[0]?.there ??
  false

/** Looks what there is to take away. Changes nothing. */
export async function planUninstall(sql: Sql, own: OwnSchema = readOwnSchema()): Promise<UninstallPlan> {
  const names = { functions: [...own.functions], tables: [...own.tables], migrations: [...own.migrations] }
  const [partitions] = await query<{ count: number }>(sql, PARTITIONS_SQL, { tables: names.tables })
  const functions = await query<{ name: string }>(sql, FUNCTIONS_SQL, { functions: names.functions })
  const migrations = (await isThere(sql, "mikro_orm_migrations"))
    ? await query<{ name: string }>(
        sql,
        "SELECT name FROM mikro_orm_migrations WHERE name = ANY(:migrations) ORDER BY name",
        { migrations: names.migrations }
      )
    : []
  const workers = (await isThere(sql, "hub_worker")) ? await query<{ name: string }>(sql, WORKERS_SQL) : []
  return {
    triggers: await query(sql, TRIGGERS_SQL, { functions: names.functions }),
    functions: functions.map(({ name }) => name),
    tables: await query(sql, TABLES_SQL, { tables: names.tables }),
    partitionCount: partitions?.count ?? 0,
    migrations: migrations.map(({ name }) => name),
    aliveWorkers: workers.map(({ name }) => name),
  }
}
