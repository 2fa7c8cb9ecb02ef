import { setTimeout as sleep } from "node:timers/promises"
import type { Client } from "@medusajs/framework/pg"
import { levelId, skuOf } from "./layout"
import type { Move, Stream } from "./plan-stream"

/**
 * What Medusa writes: a sale is a reservation, everything else raises what is on hand; both twins of each quantity. Rows are
 * locked in one order.
 */
const MOVE_SQL = `
  WITH move AS (
    SELECT * FROM unnest($1::text[], $2::int[]) AS m(level_id, delta)
  ), locked AS (
    SELECT level.id, move.delta FROM move
    JOIN inventory_level level ON level.id = move.level_id
    ORDER BY level.id FOR UPDATE OF level
  )
  UPDATE inventory_level level SET
    stocked_quantity = level.stocked_quantity + GREATEST(locked.delta, 0),
    raw_stocked_quantity = jsonb_build_object('value', (level.stocked_quantity + GREATEST(locked.delta, 0))::text, 'precision', 20),
    reserved_quantity = level.reserved_quantity - LEAST(locked.delta, 0),
    raw_reserved_quantity = jsonb_build_object('value', (level.reserved_quantity - LEAST(locked.delta, 0))::text, 'precision', 20),
    updated_at = now()
  FROM locked WHERE level.id = locked.id
  RETURNING level.inventory_item_id, (level.stocked_quantity - level.reserved_quantity)::int AS available`

/** A few rows by their index. Left free, the planner reads the whole table for each basket. */
const PLANNER_SQL = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off"

/** A SKU's new number, as an event bus would tell it right after the commit. */
export interface StockEvent {
  readonly sku: number
  readonly available: number
  /** When the change was committed, in milliseconds since 1970. */
  readonly committedAt: number
}

export interface WriteReport {
  readonly transactions: number
  readonly changes: number
  readonly seconds: number
}

const now = (): number => performance.timeOrigin + performance.now()

async function writeTransaction(db: Client, moves: readonly Move[]): Promise<StockEvent[]> {
  const { rows } = await db.query<{ inventory_item_id: string; available: number }>(MOVE_SQL, [
    moves.map(({ sku }) => levelId(sku)),
    moves.map(({ delta }) => delta),
  ])
  const committedAt = now()
  return rows.map((row) => ({ sku: skuOf(row.inventory_item_id), available: row.available, committedAt }))
}

export interface Pace {
  /** Changes a second at most; null writes as fast as the database commits. */
  readonly rate: number | null
}

/**
 * Writes the stream over as many connections as were handed in. Each transaction is committed by itself.
 *
 * @param onEvents is told of each change right after its commit
 */
export async function writeStream(
  writers: readonly Client[],
  work: { readonly stream: Stream; readonly pace: Pace },
  onEvents: (events: readonly StockEvent[]) => void
): Promise<WriteReport> {
  await Promise.all(writers.map((db) => db.query(PLANNER_SQL)))
  const begun = now()
  const { stream, pace } = work
  let next = 0
  let scheduled = 0
  let changes = 0
  const write = async (db: Client): Promise<void> => {
    for (let moves = stream.transactions[next]; moves; moves = stream.transactions[next]) {
      next += 1
      const dueAt = pace.rate === null ? 0 : begun + (scheduled / pace.rate) * 1_000
      scheduled += moves.length
      if (dueAt > now()) {
        await sleep(dueAt - now())
      }
      const events = await writeTransaction(db, moves)
      changes += events.length
      onEvents(events)
    }
  }
  await Promise.all(writers.map(write))
  return { transactions: next, changes, seconds: (now() - begun) / 1_000 }
}
