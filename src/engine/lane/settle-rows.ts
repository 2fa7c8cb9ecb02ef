import { query, type Sql } from "../sql"
import { settleRow, type LaneOutcome } from "./lane-reducer"
import type { LaneRow } from "./lane-row"
import {
  LANE_ROW_COLUMNS,
  NOW_MS_SQL,
  toLaneRow,
  toWriteBinding,
  WRITE_LANE_ROWS_SQL,
  type LaneRecord,
} from "./row-columns"

export interface SettleRequest {
  readonly token: string
  readonly claimedAt: number
  readonly lateApplyWindowMs: number
  readonly random: () => number
}

const LOCK_SQL = `
  SELECT ${LANE_ROW_COLUMNS}, ${NOW_MS_SQL} AS now_ms
  FROM hub_listing_state s WHERE s.id = ANY(:ids) ORDER BY s.id FOR UPDATE`

/** Writes the outcome of every claimed row, in one transaction. Rows whose lease we lost are left as they are. */
export async function settleRows(
  sql: Sql,
  outcomes: ReadonlyMap<string, LaneOutcome>,
  request: SettleRequest
): Promise<void> {
  await sql.transaction(async (transaction) => {
    const records = await query<LaneRecord & { now_ms: number }>(transaction, LOCK_SQL, { ids: [...outcomes.keys()] })
    const settled = records.flatMap((record): LaneRow[] => {
      const outcome = outcomes.get(record.id)
      const row = outcome
        ? settleRow(toLaneRow(record), outcome, { ...request, now: record.now_ms, random: request.random() })
        : null
      return row ? [row] : []
    })
    if (settled.length > 0) {
      await query(transaction, WRITE_LANE_ROWS_SQL, toWriteBinding(settled))
    }
  })
}
