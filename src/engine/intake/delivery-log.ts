import { setImmediate as nextTurn } from "node:timers/promises"
import { generateEntityId } from "@medusajs/framework/utils"
import type { InboundRequest } from "../../connectors/define-connector"
import { createRedactor, type Redactor } from "../../http/redact"
import type { HubFailure } from "../../lib/errors"
import type { DeliveryOutcome } from "../../types/states"
import { BatchLog } from "../batch-log"
import { query, toStorableJson, type Sql } from "../sql"
import type { IntakeEntry } from "./intake-directory"

/** A request with a message, as it came in. */
export interface IntakeRequest extends InboundRequest {
  /** Whom it came from, as far as the network says; null when it does not. */
  readonly address: string | null
}

export interface Delivery {
  readonly entry: IntakeEntry
  readonly request: IntakeRequest
  readonly outcome: DeliveryOutcome
  readonly inboxEventId: string | null
  readonly eventId: string | null
  readonly topic: string | null
  readonly failure: HubFailure | null
  readonly tookMs: number
}

interface Entry extends Delivery {
  /** Null where it is not kept. */
  readonly body: Buffer | null
  /** Milliseconds since the process began. */
  readonly endedAt: number
}

/** Bytes that are kept. What nobody has signed may be anything, so only its beginning is. */
const HEADER_LIMIT = 1_024
const BODY_LIMIT = { accepted: 4_096, duplicate: 0, rejected: 1_024 } as const

/** Bytes of bodies that may wait to be stored. Beyond, a delivery is logged without its body. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024
/** Deliveries that wait to be stored when there are many. */
const MANY_WAITING = 50
/** Bodies are read between two turns of the loop, so that no message waits for the log. */
const PER_TURN = 10

const INSERT_SQL = `
  INSERT INTO hub_delivery
    (id, company_id, connection_id, inbox_event_id, event_id, topic, outcome, failure, failure_detail, address, bytes, took_ms,
     headers_excerpt, body_excerpt, received_at)
  SELECT id, company_id, connection_id, inbox_event_id, event_id, topic, outcome, failure, failure_detail, address, bytes,
    took_ms, headers_excerpt, body_excerpt, now() - make_interval(secs => age_ms / 1000)
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
    id text, company_id text, connection_id text, inbox_event_id text, event_id text, topic text, outcome text, failure text,
    failure_detail text, address text, bytes integer, took_ms integer, headers_excerpt text, body_excerpt text, age_ms float8)`

function bodyExcerpt(redactor: Redactor, { body, outcome }: Entry): string | null {
  if (body === null) {
    return null
  }
  const limit = BODY_LIMIT[outcome]
  const text = body.toString("utf8")
  try {
    return redactor.json(JSON.parse(text), limit)
  } catch {
    return redactor.text(text, limit)
  }
}

const definedOf = (headers: InboundRequest["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

/** Puts a delivery into a form that may be stored: no secret and no buyer is in it. */
function toRow(delivery: Entry, redactor: Redactor): Record<string, unknown> {
  const { entry, request, failure } = delivery
  return {
    id: generateEntityId(undefined, "hdeli"),
    company_id: entry.companyId,
    connection_id: entry.id,
    inbox_event_id: delivery.inboxEventId,
    event_id: delivery.eventId,
    topic: delivery.topic,
    outcome: delivery.outcome,
    failure: failure?.kind ?? null,
    failure_detail: failure?.message ?? null,
    address: request.address,
    bytes: request.rawBody.byteLength,
    took_ms: Math.round(delivery.tookMs),
    headers_excerpt: redactor.headers(definedOf(request.headers), HEADER_LIMIT),
    body_excerpt: bodyExcerpt(redactor, delivery),
    age_ms: performance.now() - delivery.endedAt + delivery.tookMs,
  }
}

/** The log of deliveries: stored in batches, and never waited for. See `BatchLog`. */
export class DeliveryLog {
  private readonly log: BatchLog<Entry>
  private readonly redactors = new WeakMap<IntakeEntry, Redactor>()
  private waitingBytes = 0

  constructor(
    private readonly sql: Sql,
    warn: (message: string) => void
  ) {
    this.log = new BatchLog(
      { what: "deliveries of messages", store: (entries) => this.store(entries), warn },
      { capacity: 4_000, batch: 200 }
    )
  }

  add(delivery: Delivery): void {
    const { rawBody } = delivery.request
    const body = this.keepsBody(delivery) ? rawBody : null
    this.waitingBytes += body?.byteLength ?? 0
    this.log.add({ ...delivery, body, endedAt: performance.now() })
  }

  /** What was taken in stands in the inbox as it was read, so under a flood its own words are left out first. */
  private keepsBody({ outcome, request }: Delivery): boolean {
    return (
      BODY_LIMIT[outcome] > 0 &&
      request.rawBody.byteLength > 0 &&
      this.waitingBytes + request.rawBody.byteLength <= MOST_WAITING_BYTES &&
      (outcome === "rejected" || this.log.waiting < MANY_WAITING)
    )
  }

  /** Stores what there is. Never throws. */
  flush(): Promise<void> {
    return this.log.flush()
  }

  private async store(entries: readonly Entry[]): Promise<void> {
    const rows: Record<string, unknown>[] = []
    for (const [index, entry] of entries.entries()) {
      rows.push(toRow(entry, this.redactorOf(entry.entry)))
      this.waitingBytes -= entry.body?.byteLength ?? 0
      if (index % PER_TURN === PER_TURN - 1) {
        await nextTurn()
      }
    }
    await query(this.sql, INSERT_SQL, { rows: toStorableJson(rows) })
  }

  private redactorOf(entry: IntakeEntry): Redactor {
    const known = this.redactors.get(entry)
    if (known) {
      return known
    }
    const redactor = createRedactor(entry.secrets)
    this.redactors.set(entry, redactor)
    return redactor
  }
}
