import { query, type Sql } from "../../src/engine/sql"

const OWN = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'"

/**
 * One line for each thing that a schema consists of. Names and definitions, no object ids, no order of columns. One column of
 * Medusa has a default that was drawn when the migration ran.
 */
const PARTS: Readonly<Record<string, string>> = {
  tables: `SELECT format('%s.%s %s %s', n.nspname, c.relname, c.relkind, c.reloptions) AS line FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OWN}`,
  columns: `SELECT format('%s.%s %s notnull=%s %s default=%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      a.attnotnull, a.attidentity::text || a.attgenerated::text, regexp_replace(pg_get_expr(d.adbin, d.adrelid), '[0-9A-HJKMNP-TV-Z]{26}', 'a ulid')) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OWN}`,
  indexes: `SELECT pg_get_indexdef(i.indexrelid) AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN}`,
  constraints: `SELECT format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN}`,
  triggers: `SELECT format('%s %s %s', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger')) AS line
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND ${OWN}`,
  functions: `SELECT format('%s %s', p.oid::regprocedure, md5(p.prosrc)) AS line FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OWN}`,
  sequences: `SELECT format('%s.%s %s', n.nspname, c.relname, format_type(s.seqtypid, NULL)) AS line FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN}`,
  types: `SELECT format('%s %s %s', t.typname, t.typtype, (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
      FROM pg_enum e WHERE e.enumtypid = t.oid)) AS line
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype IN ('e', 'd', 'r', 'm') AND ${OWN}`,
  extensions: "SELECT extname AS line FROM pg_extension",
  migrations: "SELECT name AS line FROM mikro_orm_migrations",
  links: "SELECT table_name AS line FROM link_module_migrations",
}

/** Everything that a database's schema consists of, and what its migration tables say. */
export async function dumpSchema(sql: Sql): Promise<Record<string, string[]>> {
  const parts: Record<string, string[]> = {}
  for (const [name, statement] of Object.entries(PARTS)) {
    const lines = await query<{ line: string }>(sql, statement)
    parts[name] = lines.map(({ line }) => line).sort()
  }
  return parts
}
