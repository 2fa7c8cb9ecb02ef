import { generateEntityId } from "@medusajs/framework/utils"
import type { HttpExchange } from "../../http/http-exchange"
import { BatchLog, type BatchLogOptions } from "../batch-log"
import { query, toStorableJson, type Sql } from "../sql"

/** Whose call it was. */
export interface ExchangeOwner {
  readonly connectionId: string
  readonly companyId: string
}

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

/** The log of calls to channels: stored in batches, and never waited for. See `BatchLog`. */
export class ExchangeWriter {
  private readonly log: BatchLog<Entry>

  constructor(sql: Sql, warn: (message: string) => void, options: Partial<BatchLogOptions> = {}) {
    this.log = new BatchLog(
      {
        what: "calls to channels",
        store: (entries) => query(sql, INSERT_SQL, { rows: toStorableJson(entries.map(toRow)) }),
        warn,
      },
      options
    )
  }

  /** Exchanges that were not stored, since the process began. */
  get dropped(): number {
    return this.log.dropped
  }

  add(owner: ExchangeOwner, exchange: HttpExchange): void {
    this.log.add({ owner, exchange, endedAt: performance.now() })
  }

  /** Stores what there is. Never throws: what cannot be stored is dropped. */
  flush(): Promise<void> {
    return this.log.flush()
  }
}
