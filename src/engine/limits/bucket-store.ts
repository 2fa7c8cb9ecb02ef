import { generateEntityId } from "@medusajs/framework/utils"
import type { LimitState } from "../../http/limits/limiter"
import { pauseAfter, type Pause } from "../../http/limits/pause"
import { query, type Sql } from "../sql"

/** The row of a channel as a whole: it counts nothing, but a pause written here holds for every call. */
export const WHOLE_CHANNEL = "*"

export interface BucketOwner {
  readonly connectionId: string
  readonly companyId: string
}

export interface StoredBucket {
  readonly state: LimitState
  readonly version: number
}

/** What the database knows about a limit at one moment. */
export interface BucketReading {
  /** The database's clock, in milliseconds since 1970. */
  readonly now: number
  /** Null when nobody has used it yet. */
  readonly bucket: StoredBucket | null
  /** How much longer nobody may call, in milliseconds. 0 when nothing stands in the way. */
  readonly pausedMs: number
}

interface ReadingRow {
  readonly now: number
  readonly state: LimitState | null
  readonly version: number | null
  readonly paused_ms: number
}

/** One row always, so that the clock is told also where there is no bucket. */
const READ_SQL = `
  SELECT (extract(epoch from c.now) * 1000)::float8 AS now, own.state, own.version,
    coalesce((SELECT max(extract(epoch from p.not_before - c.now) * 1000) FROM hub_rate_bucket p
      WHERE p.connection_id = :connectionId AND p.bucket IN (:bucket, '${WHOLE_CHANNEL}') AND p.not_before > c.now
        AND p.deleted_at IS NULL), 0)::float8 AS paused_ms
  FROM (SELECT clock_timestamp() AS now) c
  LEFT JOIN hub_rate_bucket own
    ON own.connection_id = :connectionId AND own.bucket = :bucket AND own.deleted_at IS NULL`

const SWAP_SQL = `
  UPDATE hub_rate_bucket SET state = CAST(:state AS jsonb), version = version + 1, updated_at = now()
  WHERE connection_id = :connectionId AND bucket = :bucket AND version = :version AND deleted_at IS NULL
  RETURNING version`

const CREATE_SQL = `
  INSERT INTO hub_rate_bucket (id, company_id, connection_id, bucket, state, version)
  VALUES (:id, :companyId, :connectionId, :bucket, CAST(:state AS jsonb), 1)
  ON CONFLICT (connection_id, bucket) WHERE deleted_at IS NULL DO NOTHING
  RETURNING version`

const LAST_PAUSE_SQL = `
  SELECT (extract(epoch from clock_timestamp()) * 1000)::float8 AS now,
    (extract(epoch from b.paused_at) * 1000)::float8 AS paused_at,
    (extract(epoch from b.not_before) * 1000)::float8 AS not_before
  FROM (SELECT 1) one LEFT JOIN hub_rate_bucket b
    ON b.connection_id = :connectionId AND b.bucket = :bucket AND b.deleted_at IS NULL`

const PAUSE_SQL = `
  INSERT INTO hub_rate_bucket (id, company_id, connection_id, bucket, state, paused_at, not_before, not_before_reason)
  VALUES (:id, :companyId, :connectionId, :bucket, '{}', to_timestamp(:from), to_timestamp(:until), :reason)
  ON CONFLICT (connection_id, bucket) WHERE deleted_at IS NULL DO UPDATE SET
    paused_at = excluded.paused_at, not_before = excluded.not_before, not_before_reason = excluded.not_before_reason,
    updated_at = now()
  WHERE hub_rate_bucket.not_before IS NULL OR hub_rate_bucket.not_before < excluded.not_before`

/**
 * Limits as rows, one per connection and bucket. Each call is one short statement of its own: no lock is held between
 * reading and writing, and a write that is based on an old reading changes nothing.
 */
export class BucketStore {
  constructor(
    private readonly sql: Sql,
    private readonly owner: BucketOwner
  ) {}

  async read(bucket: string): Promise<BucketReading> {
    const [row] = await query<ReadingRow>(this.sql, READ_SQL, { connectionId: this.owner.connectionId, bucket })
    if (!row) {
      throw new Error("Postgres gave no row for a query that has one always.")
    }
    const { now, state, version, paused_ms: pausedMs } = row
    return { now, pausedMs, bucket: state !== null && version !== null ? { state, version } : null }
  }

  /** @returns false when somebody else was faster: read again. */
  async swap(bucket: string, known: StoredBucket | null, state: LimitState): Promise<boolean> {
    const { connectionId, companyId } = this.owner
    const shared = { connectionId, bucket, state: JSON.stringify(state) }
    const rows = known
      ? await query(this.sql, SWAP_SQL, { ...shared, version: known.version })
      : await query(this.sql, CREATE_SQL, { ...shared, companyId, id: generateEntityId(undefined, "hrb") })
    return rows.length > 0
  }

  /** The channel refused (429): no process calls before the pause is over. Never shortens a pause. */
  async pause(bucket: string, askedMs: number | undefined, reason: string): Promise<void> {
    const { connectionId, companyId } = this.owner
    const [row] = await query<{ now: number; paused_at: number | null; not_before: number | null }>(
      this.sql,
      LAST_PAUSE_SQL,
      { connectionId, bucket }
    )
    const last: Pause | null =
      row && row.paused_at !== null && row.not_before !== null ? { from: row.paused_at, until: row.not_before } : null
    const pause = row ? pauseAfter(last, askedMs, row.now) : null
    if (pause) {
      await query(this.sql, PAUSE_SQL, {
        id: generateEntityId(undefined, "hrb"),
        connectionId,
        companyId,
        bucket,
        reason,
        from: pause.from / 1_000,
        until: pause.until / 1_000,
      })
    }
  }
}
