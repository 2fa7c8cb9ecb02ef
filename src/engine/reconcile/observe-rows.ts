import type { ExternalListingId, ExternalLocationId } from "../../types/ids"
import type { OpenConnection } from "../connections"
import {
  LANE_ROW_COLUMNS,
  NOW_MS_SQL,
  toLaneRow,
  writeLaneRows,
  type LaneRecord,
  type LaneRowChange,
} from "../lane/row-columns"
import { query, type Sql } from "../sql"
import { judgeObservation, takeObservation, type Judgement, type Observation } from "./judge-observation"

/** One number that a channel is asked about. */
export interface ObservableRow {
  readonly id: string
  readonly external_listing_id: ExternalListingId
  readonly external_location_id: ExternalLocationId
}

export type JudgementCounts = Readonly<Record<Judgement["kind"], number>>

const LOCK_SQL = `
  SELECT ${LANE_ROW_COLUMNS}, ${NOW_MS_SQL} AS now_ms
  FROM hub_listing_state s WHERE s.id = ANY(:ids) AND s.deleted_at IS NULL ORDER BY s.id FOR UPDATE`

const MARK_SQL = `
  UPDATE hub_listing_state SET stale_version = stale_version + 1, change_count = change_count + 1, updated_at = now()
  WHERE id = ANY(:ids)`

const ASKED_SQL =
  "UPDATE hub_listing_state SET observe_due_at = NULL WHERE id = ANY(:ids) AND observe_due_at IS NOT NULL"

const NO_COUNTS: JudgementCounts = { equal: 0, unanswered: 0, "in-flight": 0, learned: 0, lower: 0, higher: 0 }

/** Takes what a channel said into its rows, in one transaction. */
async function takeAll(sql: Sql, observations: ReadonlyMap<string, Observation>): Promise<JudgementCounts> {
  return sql.transaction(async (transaction) => {
    const ids = [...observations.keys()]
    const records = await query<LaneRecord & { now_ms: number }>(transaction, LOCK_SQL, { ids })
    const counts: Record<Judgement["kind"], number> = { ...NO_COUNTS }
    const taken: LaneRowChange[] = []
    const marked: string[] = []
    for (const record of records) {
      const row = toLaneRow(record)
      const observation = observations.get(row.id)
      if (!observation) {
        continue
      }
      counts[judgeObservation(row, observation).kind] += 1
      const next = takeObservation(row, observation, record.now_ms)
      if (next) {
        taken.push({ before: row, after: next })
        if (next.staleVersion > row.staleVersion) {
          marked.push(row.id)
        }
      }
    }
    await writeLaneRows(transaction, taken, "note")
    await query(transaction, MARK_SQL, { ids: marked })
    await query(transaction, ASKED_SQL, { ids })
    return counts
  })
}

/**
 * Asks a channel what it shows for some rows and takes the answers in: differences become stale, and the lane puts them right.
 *
 * Fails as the channel does; then nothing is concluded.
 */
export async function observeRows(
  sql: Sql,
  connection: OpenConnection,
  rows: readonly ObservableRow[]
): Promise<JudgementCounts> {
  if (!connection.client.pullStock || rows.length === 0) {
    return NO_COUNTS
  }
  const [clock] = await query<{ now: number }>(sql, `SELECT ${NOW_MS_SQL} AS now`)
  const askedAt = clock?.now ?? 0
  const shown = await connection.client.pullStock(
    rows.map((row) => ({
      externalListingId: row.external_listing_id,
      externalLocationId: row.external_location_id,
    }))
  )
  return takeAll(
    sql,
    new Map(rows.map((row, index) => [row.id, { quantity: shown[index]?.quantity ?? null, askedAt }]))
  )
}

export const addCounts = (a: JudgementCounts, b: JudgementCounts): JudgementCounts => ({
  equal: a.equal + b.equal,
  unanswered: a.unanswered + b.unanswered,
  "in-flight": a["in-flight"] + b["in-flight"],
  learned: a.learned + b.learned,
  lower: a.lower + b.lower,
  higher: a.higher + b.higher,
})

const PAGE_SQL = `
  SELECT s.id, l.external_id AS external_listing_id, s.external_location_id
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL AND s.id > :after
  ORDER BY s.id LIMIT :limit`

/** The rows of a connection, a page at a time. `after` is the id of the last row of the page before, or empty. */
export const loadObservableRows = (
  sql: Sql,
  page: { readonly connectionId: string; readonly after: string; readonly limit: number }
): Promise<ObservableRow[]> => query<ObservableRow>(sql, PAGE_SQL, page)

const COUNT_SQL = `
  SELECT count(*)::int AS total
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL`

/** How many rows of a connection can be asked about. */
export async function countObservableRows(sql: Sql, connectionId: string): Promise<number> {
  return (await query<{ total: number }>(sql, COUNT_SQL, { connectionId }))[0]?.total ?? 0
}

const DUE_SQL = `
  SELECT s.id, l.external_id AS external_listing_id, s.external_location_id
  FROM hub_listing_state s JOIN hub_listing l ON l.id = s.listing_id AND l.link_state = 'linked' AND l.deleted_at IS NULL
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL AND s.observe_due_at <= now()
    AND s.lease_token IS NULL AND (s.recheck_at IS NULL OR s.recheck_at <= now())
  ORDER BY s.observe_due_at LIMIT :limit`

/** Rows of which a message of the channel said that they show something else. */
export const loadDueRows = (sql: Sql, connectionId: string, limit: number): Promise<ObservableRow[]> =>
  query<ObservableRow>(sql, DUE_SQL, { connectionId, limit })
