import { query, type Sql } from "../sql"
import { claimRow } from "./lane-reducer"
import type { LaneRow } from "./lane-row"
import { LANE_ROW_COLUMNS, NOW_MS_SQL, toLaneRow, writeLaneRows, type LaneRecord } from "./row-columns"

export interface ClaimRequest {
  readonly connectionId: string
  readonly limit: number
  readonly token: string
  readonly leaseMs: number
  readonly lateApplyWindowMs: number
}

export interface ClaimedRow extends LaneRow {
  readonly listingId: string
  readonly externalLocationId: string
}

export interface ClaimedRows {
  /** The database's clock when the rows were claimed, in milliseconds. */
  readonly claimedAt: number
  readonly rows: readonly ClaimedRow[]
}

const SELECT_SQL = `
  SELECT ${LANE_ROW_COLUMNS}, ${NOW_MS_SQL} AS now_ms
  FROM hub_listing_state s
  WHERE s.connection_id = :connectionId AND s.deleted_at IS NULL
    AND (s.stale_version > s.acked_version OR s.recheck_at IS NOT NULL)
    AND (s.stale_version > s.acked_version OR s.recheck_at <= now())
    AND (s.lease_until IS NULL OR s.lease_until <= now())
    AND (s.next_attempt_at IS NULL OR s.next_attempt_at <= now())
  ORDER BY s.priority DESC, s.stale_since NULLS FIRST
  LIMIT :limit
  FOR UPDATE SKIP LOCKED`

const RENEW_SQL = `
  WITH locked AS (
    SELECT s.id FROM hub_listing_state s WHERE s.id = ANY(:ids) AND s.lease_token = :token ORDER BY s.id FOR UPDATE
  )
  UPDATE hub_listing_state s SET lease_until = clock_timestamp() + make_interval(secs => :leaseSeconds)
  FROM locked WHERE s.id = locked.id RETURNING s.id`

/** Keeps a claim that takes longer than one call. False when a part of it has been lost to another worker meanwhile. */
export async function renewClaim(
  sql: Sql,
  claim: { readonly token: string; readonly leaseMs: number; readonly rows: readonly ClaimedRow[] }
): Promise<boolean> {
  const renewed = await query(sql, RENEW_SQL, {
    ids: claim.rows.map((row) => row.id),
    token: claim.token,
    leaseSeconds: claim.leaseMs / 1_000,
  })
  return renewed.length === claim.rows.length
}

/**
 * Takes up to `limit` rows of a connection, sold out and falling ones first, and commits that before anyone reads stock.
 * Several workers may call it at once: none gets a row of another.
 */
export async function claimRows(sql: Sql, request: ClaimRequest): Promise<ClaimedRows> {
  return sql.transaction(async (transaction) => {
    const records = await query<LaneRecord & { now_ms: number }>(transaction, SELECT_SQL, {
      connectionId: request.connectionId,
      limit: request.limit,
    })
    const claimedAt = records[0]?.now_ms ?? 0
    const claims = records.flatMap((record) => {
      const before = toLaneRow(record)
      const after = claimRow(before, { ...request, now: claimedAt })
      return after ? [{ before, after, record }] : []
    })
    await writeLaneRows(transaction, claims, "claim")
    const rows = claims.map(({ after, record }) => ({
      ...after,
      listingId: record.listing_id,
      externalLocationId: record.external_location_id,
    }))
    return { claimedAt, rows }
  })
}
