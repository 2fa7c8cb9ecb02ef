import { generateEntityId } from "@medusajs/framework/utils"
import type { HttpExchange } from "../../http/http-exchange"
import { toFailure } from "../../lib/errors"
import { query, toStorableJson, type Sql } from "../sql"

/** Whose call it was. */
export interface ExchangeOwner {
  readonly connectionId: string
  readonly companyId: string
}

export interface ExchangeWriterOptions {
  /** Exchanges that may wait to be stored. The oldest give way to the newest. */
  readonly capacity: number
  /** Exchanges stored by one statement. */
  readonly batch: number
  /** How long an exchange may wait for others to be stored with, in milliseconds. */
  readonly intervalMs: number
}

const DEFAULTS: ExchangeWriterOptions = { capacity: 1_000, batch: 200, intervalMs: 500 }

interface Entry {
  readonly owner: ExchangeOwner
  readonly exchange: HttpExchange
  /** Milliseconds since the process began. */
  readonly endedAt: number
}

const INSERT_SQL = `
  INSERT INTO hub_exchange
    (id, company_id, connection_id, operation, method, path, status, failure, failure_detail, duration_ms, waited_ms,
     request_bytes, response_bytes, request_excerpt, response_excerpt, occurred_at)
  SELECT id, company_id, connection_id, operation, method, path, status, failure, failure_detail, duration_ms, waited_ms,
    request_bytes, response_bytes, request_excerpt, response_excerpt, now() - make_interval(secs => age_ms / 1000)
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
    id text, company_id text, connection_id text, operation text, method text, path text, status integer, failure text,
    failure_detail text, duration_ms integer, waited_ms integer, request_bytes integer, response_bytes integer,
    request_excerpt text, response_excerpt text, age_ms float8)`

const toRow = ({ owner, exchange, endedAt }: Entry): Record<string, unknown> => ({
  id: generateEntityId(undefined, "hexc"),
  company_id: owner.companyId,
  connection_id: owner.connectionId,
  operation: exchange.operation,
  method: exchange.method,
  path: exchange.path,
  status: exchange.status,
  failure: exchange.failure?.code ?? null,
  failure_detail: exchange.failure?.detail || null,
  duration_ms: exchange.durationMs,
  waited_ms: exchange.waitedMs,
  request_bytes: exchange.requestBytes,
  response_bytes: exchange.responseBytes,
  request_excerpt: exchange.requestExcerpt,
  response_excerpt: exchange.responseExcerpt,
  age_ms: performance.now() - endedAt + exchange.durationMs,
})

/**
 * Stores exchanges, in batches and behind the back of whoever calls. No lane waits for it: when the database is slower
 * than the calls, the oldest exchanges are dropped and counted.
 */
export class ExchangeWriter {
  private queue: Entry[] = []
  private writing: Promise<void> | null = null
  private timer: NodeJS.Timeout | null = null
  private readonly options: ExchangeWriterOptions
  /** Exchanges that were not stored, since the process began. */
  dropped = 0

  constructor(
    private readonly sql: Sql,
    private readonly warn: (message: string) => void,
    options: Partial<ExchangeWriterOptions> = {}
  ) {
    this.options = { ...DEFAULTS, ...options }
  }

  add(owner: ExchangeOwner, exchange: HttpExchange): void {
    if (this.queue.length >= this.options.capacity) {
      this.queue.shift()
      this.dropped += 1
    }
    this.queue.push({ owner, exchange, endedAt: performance.now() })
    if (this.queue.length >= this.options.batch) {
      void this.flush()
    } else {
      this.flushLater()
    }
  }

  /** Stores what there is. Never throws: what cannot be stored is dropped. */
  async flush(): Promise<void> {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null
      // What came while the last batch was being put away.
      if (this.queue.length > 0) {
        this.flushLater()
      }
    })
    await this.writing
  }

  private flushLater(): void {
    this.timer ??= setTimeout(() => void this.flush(), this.options.intervalMs).unref()
  }

  private async writeAll(): Promise<void> {
    if (this.timer) {
      clearTimeout(this.timer)
      this.timer = null
    }
    const before = this.dropped
    let problem = ""
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.options.batch)
      try {
        await query(this.sql, INSERT_SQL, { rows: toStorableJson(batch.map(toRow)) })
      } catch (error) {
        this.dropped += batch.length
        problem = ` ${toFailure(error).message}`
      }
    }
    if (this.dropped > before || problem !== "") {
      this.warn(`hub: ${this.dropped} calls to channels were not logged so far.${problem}`)
    }
  }
}
