import { generateEntityId } from "@medusajs/framework/utils"
import { HubError, toFailure } from "../../lib/errors"
import type { ChannelMessage } from "../../types/channel"
import { query, toStorableJson, type Sql } from "../sql"

/** A verified message that has to be on disk before its sender may forget it. */
export interface VerifiedMessage {
  readonly companyId: string
  readonly connectionId: string
  /** `IntakeEntry.version` of what verified it. */
  readonly version: string
  readonly message: ChannelMessage
}

/** `changed`: the connection is not what it was when the message was verified, and nothing has been stored. */
export type Stored =
  | { readonly outcome: "accepted"; readonly id: string }
  | { readonly outcome: "duplicate" }
  | { readonly outcome: "changed" }

interface Waiting {
  readonly id: string
  readonly row: string
  readonly settle: (stored: Stored) => void
  readonly fail: (error: unknown) => void
}

/*
 * One statement, so one transaction, for as many messages as came in while the one before was on its way to disk. Two
 * deliveries of one message wait for each other on the unique index: nobody is told "duplicate" of what is not yet safe.
 */
const STORE_SQL = `
  WITH given AS (
    SELECT r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
      id text, company_id text, connection_id text, version text, event_id text, topic text, entity_key text, payload jsonb,
      occurred_at timestamptz)
    JOIN hub_connection c ON c.id = r.connection_id AND c.deleted_at IS NULL
      AND (extract(epoch FROM c.updated_at) * 1000000)::bigint::text = r.version
  ), stored AS (
    INSERT INTO hub_inbox_event
      (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
    SELECT id, company_id, connection_id, event_id, topic, entity_key, payload, COALESCE(occurred_at, clock_timestamp()),
      clock_timestamp(), 'accepted'
    FROM given
    ON CONFLICT (connection_id, event_id) WHERE deleted_at IS NULL DO NOTHING
    RETURNING id
  )
  SELECT given.id, stored.id IS NOT NULL AS is_new FROM given LEFT JOIN stored ON stored.id = given.id`

const entityKeyOf = (message: ChannelMessage): string => {
  switch (message.topic) {
    case "order":
      return `order:${message.order.externalId}`
    case "order-hint":
      return `order:${message.externalOrderId}`
    case "uninstalled":
      return "uninstalled"
    case "stock":
      return `stock:${message.observation.externalListingId}:${message.observation.externalLocationId}`
    case "other":
      // They say nothing about each other, so none has to wait for another.
      return `other:${message.eventId}`
  }
}

/** An order that is only named waits as one that is told: until it has been read, not everything has been taken over. */
const topicOf = (message: ChannelMessage): string => (message.topic === "order-hint" ? "order" : message.topic)

/** Null for a time that nobody can read: one odd field must not keep other messages from being stored. */
const timeOf = ({ occurredAt }: ChannelMessage): string | null => {
  const at = new Date(occurredAt)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

function toRow(id: string, { companyId, connectionId, version, message }: VerifiedMessage): string {
  return toStorableJson({
    id,
    company_id: companyId,
    connection_id: connectionId,
    version,
    event_id: message.eventId,
    topic: topicOf(message),
    entity_key: entityKeyOf(message),
    payload: message,
    occurred_at: timeOf(message),
  })
}

/** Messages stored by one statement, and characters of them. */
const MOST_ROWS = 500
const MOST_CHARACTERS = 4 * 1024 * 1024
/** Characters that may wait, for example while the database is away. Beyond, a sender is told at once to come again. */
const MOST_WAITING_CHARACTERS = 64 * 1024 * 1024
/** Statements on their way at once. One writes while the next collects. */
const MOST_WRITES = 2

/**
 * Stores messages in groups: while one group is on its way to disk, the next collects. Nobody waits for a timer: a message
 * that comes alone is written alone, and the more come at once the more share a commit.
 */
export class InboxWriter {
  private queue: Waiting[] = []
  private writes = 0
  private waitingCharacters = 0

  constructor(
    private readonly sql: Sql,
    private readonly mostWaitingCharacters = MOST_WAITING_CHARACTERS
  ) {}

  /** Resolves once the message is committed. Rejects when it is not known to be. */
  store(message: VerifiedMessage): Promise<Stored> {
    return new Promise((settle, fail) => {
      const id = generateEntityId(undefined, "hinb")
      const row = toRow(id, message)
      if (this.waitingCharacters + row.length > this.mostWaitingCharacters) {
        fail(new HubError({ kind: "transient", message: "Too many messages wait to be stored." }))
        return
      }
      this.waitingCharacters += row.length
      this.queue.push({ id, row, settle, fail })
      this.writeNext()
    })
  }

  private writeNext(): void {
    if (this.writes >= MOST_WRITES || this.queue.length === 0) {
      return
    }
    this.writes += 1
    // Whatever else has come in with the same turn of the loop goes along.
    setImmediate(() => {
      void this.write(this.take()).finally(() => {
        this.writes -= 1
        this.writeNext()
      })
    })
  }

  private take(): Waiting[] {
    let characters = 0
    const end = this.queue.findIndex((waiting, index) => {
      characters += waiting.row.length
      return index > 0 && (index >= MOST_ROWS || characters > MOST_CHARACTERS)
    })
    const taken = this.queue.splice(0, end === -1 ? this.queue.length : end)
    this.waitingCharacters -= taken.reduce((sum, { row }) => sum + row.length, 0)
    return taken
  }

  private async write(group: readonly Waiting[]): Promise<void> {
    if (group.length === 0) {
      return
    }
    try {
      const rows = `[${group.map(({ row }) => row).join(",")}]`
      const stored = await query<{ id: string; is_new: boolean }>(this.sql, STORE_SQL, { rows })
      const isNew = new Map(stored.map((row) => [row.id, row.is_new]))
      for (const { id, settle } of group) {
        const outcome = isNew.get(id)
        settle(
          outcome === undefined
            ? { outcome: "changed" }
            : outcome
              ? { outcome: "accepted", id }
              : { outcome: "duplicate" }
        )
      }
    } catch (error) {
      await this.writeApart(group, error)
    }
  }

  /** One message that the database cannot take must not keep the others from being stored. */
  private async writeApart(group: readonly Waiting[], error: unknown): Promise<void> {
    if (group.length > 1 && isDataFault(error)) {
      const half = group.length >> 1
      await this.write(group.slice(0, half))
      await this.write(group.slice(half))
      return
    }
    const failure = isDataFault(error)
      ? new HubError({ kind: "invalid-data", message: "The message holds something that cannot be stored." })
      : new HubError({ kind: "transient", message: toFailure(error).message }, { cause: error })
    group.forEach(({ fail }) => fail(failure))
  }
}

/** Postgres' classes 21 to 23 and 54: this data, and not the database's condition. */
const isDataFault = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /^(2[123]|54)/.test(String(error.code))
