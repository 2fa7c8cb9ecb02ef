import { noteFreedUnits } from "../mark"
import { query, type Sql } from "../sql"
import { settleRow, type LaneOutcome } from "./lane-reducer"
import { LANE_ROW_COLUMNS, NOW_MS_SQL, toLaneRow, writeLaneRows, type LaneRecord } from "./row-columns"

export interface SettleRequest {
  readonly token: string
  readonly claimedAt: number
  readonly lateApplyWindowMs: number
  readonly random: () => number
  /** Rows with an exclusive share: what they are seen to offer no longer may be given to others. */
  readonly exclusiveIds: ReadonlySet<string>
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
    const settled = records.flatMap((record) => {
      const outcome = outcomes.get(record.id)
      const before = toLaneRow(record)
      const after = outcome
        ? settleRow(before, outcome, { ...request, now: record.now_ms, random: request.random() })
        : null
      return after ? [{ before, after }] : []
    })
    await writeLaneRows(transaction, settled, "note")
    const freed = settled.filter(
      ({ before, after }) => request.exclusiveIds.has(after.id) && (after.exposed ?? 0) < (before.exposed ?? 0)
    )
    if (freed.length > 0) {
      await noteFreedUnits(
        transaction,
        freed.map(({ after }) => after.id)
      )
    }
  })
}
