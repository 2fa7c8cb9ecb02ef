import { query, type Sql } from "./sql"

const DAY_MS = 86_400_000
const PARTITIONS_AHEAD = 7
/** How long explanations are kept. */
export const EXPLANATION_DAYS = 90

/** A table that is partitioned by day, so that old rows go by dropping whole partitions. */
export interface DailyTable {
  readonly table: string
  /** The column that says which day a row belongs to. */
  readonly column: string
  readonly keepDays: number
}

export const DAILY_TABLES: readonly DailyTable[] = [
  { table: "hub_explanation", column: "computed_at", keepDays: EXPLANATION_DAYS },
  { table: "hub_exchange", column: "occurred_at", keepDays: 14 },
  { table: "hub_delivery", column: "received_at", keepDays: 14 },
]

const stamp = (day: Date): string => day.toISOString().slice(0, 10)

export interface PartitionPlan {
  readonly create: readonly { readonly name: string; readonly from: string; readonly to: string }[]
  readonly drop: readonly string[]
}

/** Which daily partitions of a table to make and which to drop. Pure. */
export function planPartitions(
  { table, keepDays }: DailyTable,
  existing: readonly string[],
  today: Date
): PartitionPlan {
  const known = new Set(existing)
  const nameOf = (day: Date): string => `${table}_${stamp(day).replaceAll("-", "")}`
  const days = Array.from({ length: PARTITIONS_AHEAD + 1 }, (_, index) => new Date(today.getTime() + index * DAY_MS))
  const oldest = nameOf(new Date(today.getTime() - keepDays * DAY_MS))
  return {
    create: days
      .map((day) => ({
        name: nameOf(day),
        from: `${stamp(day)} 00:00:00+00`,
        to: `${stamp(new Date(day.getTime() + DAY_MS))} 00:00:00+00`,
      }))
      .filter(({ name }) => !known.has(name)),
    drop: existing.filter(
      (name) => name.startsWith(`${table}_`) && /^\d{8}$/.test(name.slice(table.length + 1)) && name < oldest
    ),
  }
}

const CHECK_VIOLATION = "23514"

/** A day whose rows lie in the default partition already, because nobody pruned for long, stays there. */
async function createPartition(
  sql: Sql,
  table: string,
  { name, from, to }: PartitionPlan["create"][number]
): Promise<void> {
  try {
    await sql.raw("CREATE TABLE IF NOT EXISTS ?? PARTITION OF ?? FOR VALUES FROM (?) TO (?)", [
      name,
      table,
      sql.raw(`'${from}'`),
      sql.raw(`'${to}'`),
    ])
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === CHECK_VIOLATION)) {
      throw error
    }
  }
}

export interface Maintained {
  readonly created: number
  readonly dropped: number
}

async function maintainTable(sql: Sql, daily: DailyTable): Promise<Maintained> {
  const partitions = await query<{ name: string; today: Date }>(
    sql,
    "SELECT inhrelid::regclass::text AS name, now() AS today FROM pg_inherits WHERE inhparent = CAST(:table AS regclass)",
    { table: daily.table }
  )
  const plan = planPartitions(
    daily,
    partitions.map(({ name }) => name),
    partitions[0]?.today ?? new Date(0)
  )
  for (const partition of plan.create) {
    await createPartition(sql, daily.table, partition)
  }
  for (const name of plan.drop) {
    await sql.raw("DROP TABLE IF EXISTS ??", [name])
  }
  await sql.raw("DELETE FROM ?? WHERE ?? < now() - make_interval(days => ?)", [
    `${daily.table}_default`,
    daily.column,
    daily.keepDays,
  ])
  return { created: plan.create.length, dropped: plan.drop.length }
}

/** Makes the partitions of the next days and drops those that are too old. Safe to call from many processes. */
export async function maintainPartitions(sql: Sql): Promise<Maintained> {
  let created = 0
  let dropped = 0
  for (const daily of DAILY_TABLES) {
    const maintained = await maintainTable(sql, daily)
    created += maintained.created
    dropped += maintained.dropped
  }
  return { created, dropped }
}
