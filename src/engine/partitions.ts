import { query, type Sql } from "./sql"

const DAY_MS = 86_400_000
/** How long explanations are kept. */
export const EXPLANATION_DAYS = 90
const PARTITIONS_AHEAD = 7
const PREFIX = "hub_explanation_"

const stamp = (day: Date): string => day.toISOString().slice(0, 10)

export interface PartitionPlan {
  readonly create: readonly { readonly name: string; readonly from: string; readonly to: string }[]
  readonly drop: readonly string[]
}

/** Which daily partitions of the explanations to make and which to drop. Pure. */
export function planPartitions(existing: readonly string[], today: Date): PartitionPlan {
  const known = new Set(existing)
  const days = Array.from({ length: PARTITIONS_AHEAD + 1 }, (_, index) => new Date(today.getTime() + index * DAY_MS))
  const oldest = PREFIX + stamp(new Date(today.getTime() - EXPLANATION_DAYS * DAY_MS)).replaceAll("-", "")
  return {
    create: days
      .map((day) => ({
        name: PREFIX + stamp(day).replaceAll("-", ""),
        from: `${stamp(day)} 00:00:00+00`,
        to: `${stamp(new Date(day.getTime() + DAY_MS))} 00:00:00+00`,
      }))
      .filter(({ name }) => !known.has(name)),
    drop: existing.filter((name) => /^hub_explanation_\d{8}$/.test(name) && name < oldest),
  }
}

const CHECK_VIOLATION = "23514"

/** A day whose rows lie in the default partition already, because nobody pruned for long, stays there. */
async function createPartition(sql: Sql, { name, from, to }: PartitionPlan["create"][number]): Promise<void> {
  try {
    await sql.raw("CREATE TABLE IF NOT EXISTS ?? PARTITION OF hub_explanation FOR VALUES FROM (?) TO (?)", [
      name,
      sql.raw(`'${from}'`),
      sql.raw(`'${to}'`),
    ])
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === CHECK_VIOLATION)) {
      throw error
    }
  }
}

/** Makes the partitions of the next days and drops those that are too old. Safe to call from many processes. */
export async function maintainPartitions(sql: Sql): Promise<{ readonly created: number; readonly dropped: number }> {
  const partitions = await query<{ name: string; today: Date }>(
    sql,
    "SELECT inhrelid::regclass::text AS name, now() AS today FROM pg_inherits WHERE inhparent = 'hub_explanation'::regclass"
  )
  const plan = planPartitions(
    partitions.map(({ name }) => name),
    partitions[0]?.today ?? new Date(0)
  )
  for (const partition of plan.create) {
    await createPartition(sql, partition)
  }
  for (const name of plan.drop) {
    await sql.raw("DROP TABLE IF EXISTS ??", [name])
  }
  return { created: plan.create.length, dropped: plan.drop.length }
}
