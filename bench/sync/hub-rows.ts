import { setTimeout as sleep } from "node:timers/promises"
import type { Client } from "@medusajs/framework/pg"
import { externalId } from "./layout"
import type { Item } from "./send"

const BUSY_SQL = `
  SELECT EXISTS (SELECT 1 FROM hub_stock_change) OR EXISTS (
    SELECT 1 FROM hub_listing_state WHERE deleted_at IS NULL AND (stale_version > acked_version OR recheck_at IS NOT NULL)
  ) AS busy`

const FINISHED_SQL = `
  SELECT (extract(epoch FROM GREATEST(
    (SELECT max(settled_at) FROM hub_explanation), (SELECT max(updated_at) FROM hub_listing_state))) * 1000)::float8 AS at`

const LIMIT_MS = 15 * 60_000

/**
 * Waits until no change is left to mark and no listing is left to write.
 *
 * @returns when the last of them was acknowledged, in milliseconds of the database's clock
 */
export async function waitUntilAcknowledged(db: Client): Promise<number> {
  const deadline = performance.now() + LIMIT_MS
  for (;;) {
    const { rows } = await db.query<{ busy: boolean }>(BUSY_SQL)
    if (rows[0]?.busy === false) {
      const finished = await db.query<{ at: number }>(FINISHED_SQL)
      return finished.rows[0]?.at ?? 0
    }
    if (performance.now() > deadline) {
      throw new Error("The hub did not acknowledge everything within 15 minutes.")
    }
    await sleep(50)
  }
}

export interface ExplanationTotals {
  readonly count: number
  /** Of the rows alone, without indexes. */
  readonly rowBytes: number
  /** Of the stored inputs alone. */
  readonly inputBytes: number
  /** The table with its indexes, as it lies on disk. */
  readonly diskBytes: number
  /** From the oldest cause of each value to its acknowledgement, in milliseconds. */
  readonly latencies: readonly number[]
}

export async function collectExplanations(db: Client): Promise<ExplanationTotals> {
  const { rows } = await db.query<{ count: number; row_bytes: number; input_bytes: number; disk_bytes: number }>(`
    SELECT count(*)::int AS count, sum(pg_column_size(e.*))::float8 AS row_bytes,
      sum(pg_column_size(e.inputs))::float8 AS input_bytes,
      (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'hub_explanation'::regclass)::float8 AS disk_bytes
    FROM hub_explanation e`)
  const latencies = await db.query<{ ms: number }>(
    "SELECT (extract(epoch FROM settled_at - caused_at) * 1000)::float8 AS ms FROM hub_explanation WHERE outcome = 'accepted'"
  )
  const [totals] = rows
  return {
    count: totals?.count ?? 0,
    rowBytes: totals?.row_bytes ?? 0,
    inputBytes: totals?.input_bytes ?? 0,
    diskBytes: totals?.disk_bytes ?? 0,
    latencies: latencies.rows.map(({ ms }) => ms),
  }
}

/*
 * One batch is settled in one transaction, so its explanations bear the same mark of it. The order of settling is the
 * order of the calls: a lane has one on its way.
 */
const BATCHES_SQL = `
  SELECT e.connection_id, array_agg(l.external_id ORDER BY e.id) AS external_ids, array_agg(e.quantity ORDER BY e.id) AS quantities
  FROM hub_explanation e JOIN hub_listing l ON l.id = e.listing_id
  GROUP BY e.connection_id, e.xmin::text ORDER BY min(e.settled_at)`

/** The calls that the hub made, by channel and in order, as its explanations tell them. */
export async function collectBatches(db: Client, channels: number): Promise<Item[][][]> {
  const { rows } = await db.query<{ connection_id: string; external_ids: string[]; quantities: number[] }>(BATCHES_SQL)
  const batches = Array.from({ length: channels }, (): Item[][] => [])
  for (const row of rows) {
    const channel = Number(row.connection_id.slice("hconn_".length))
    batches[channel]?.push(
      row.external_ids.map((id, index) => ({
        sku: Number(id.slice(externalId(0).length - 1)),
        quantity: row.quantities[index] ?? 0,
      }))
    )
  }
  return batches
}
