import { CLOSED_BREAKER, type Breaker } from "../../src/engine/breaker/breaker"
import { EMPTY_GUARD_WINDOW, type GuardWindow } from "../../src/engine/guard/plan-guard"
import type { StaleCause } from "../../src/types/states"
import type { ExternalOrder } from "../../src/types/channel"
import type { ConnectionShape } from "./shape"
import type { Slot } from "./slot"

export interface CapturedChange {
  readonly itemId: string
  readonly locationId: string
  readonly causedAt: number
  readonly urgency: number
  /** Units newly reserved. */
  readonly sold: number
  readonly cause: StaleCause
}

export type InboxMessage =
  | { readonly topic: "order"; readonly order: ExternalOrder }
  | { readonly topic: "stock"; readonly slot: Slot; readonly quantity: number; readonly occurredAt: number }

export interface InboxEvent {
  readonly id: string
  readonly connection: ConnectionShape
  /** Two messages of one entity are never worked on side by side. */
  readonly entityKey: string
  readonly receivedAt: number
  readonly message: InboxMessage
  leaseToken: string | null
  leaseUntil: number
  nextAttemptAt: number
  attempts: number
}

export interface OrderReference {
  readonly internalId: string
  version: number
}

export interface ConnectionRecord {
  readonly shape: ConnectionShape
  isRunning: boolean
  /** `updated_at`: a worker that rests looks again once somebody has changed the connection. */
  changedAt: number
  /** The row of `hub_lane`. */
  readonly lane: LaneRecord
}

export interface LaneRecord {
  breaker: Breaker
  guard: GuardWindow
  ordersThrough: number | null
}

/** What the hub keeps in Postgres, apart from the rows of the listings. Crashes of workers do not touch it. */
export class HubStore {
  readonly connections: readonly ConnectionRecord[]
  captured: CapturedChange[] = []
  /** Messages that are not dealt with yet, oldest first. */
  readonly inbox = new Map<string, InboxEvent>()
  readonly references = new Map<string, OrderReference>()
  /** Problems that a person has been told of, by their key. */
  readonly issues = new Set<string>()
  private readonly seenMessages = new Set<string>()
  private ids = 0

  constructor(connections: readonly ConnectionShape[], now: number) {
    this.connections = connections.map((shape) => ({
      shape,
      isRunning: true,
      changedAt: now,
      lane: { breaker: CLOSED_BREAKER, guard: EMPTY_GUARD_WINDOW, ordersThrough: null },
    }))
  }

  newId(prefix: string): string {
    this.ids += 1
    return `${prefix}${this.ids}`
  }

  /** Stores a message once, whoever sends it how often. False: it was known. */
  accept(messageId: string, event: Pick<InboxEvent, "connection" | "entityKey" | "receivedAt" | "message">): boolean {
    const key = `${event.connection.id} ${messageId}`
    if (this.seenMessages.has(key)) {
      return false
    }
    this.seenMessages.add(key)
    const id = this.newId("in")
    this.inbox.set(id, { ...event, id, leaseToken: null, leaseUntil: 0, nextAttemptAt: 0, attempts: 0 })
    return true
  }

  /** A message of it is stored and not dealt with yet. */
  isBusy(entityKey: string): boolean {
    for (const event of this.inbox.values()) {
      if (event.entityKey === entityKey) {
        return true
      }
    }
    return false
  }

  /** Orders of a connection wait for being taken over. */
  hasOpenOrders(connection: ConnectionShape): boolean {
    for (const event of this.inbox.values()) {
      if (event.connection === connection && event.message.topic === "order") {
        return true
      }
    }
    return false
  }

  /** As `claim-inbox-events.ts` does: orders first, oldest first, one message of an entity at a time. */
  claimMessages(
    limit: number,
    claim: { readonly now: number; readonly token: string; readonly leaseMs: number }
  ): InboxEvent[] {
    const busy = new Set<string>()
    for (const event of this.inbox.values()) {
      if (event.leaseUntil > claim.now) {
        busy.add(event.entityKey)
      }
    }
    const open: InboxEvent[] = []
    for (const event of this.inbox.values()) {
      if (event.nextAttemptAt <= claim.now && !busy.has(event.entityKey)) {
        busy.add(event.entityKey)
        open.push(event)
      }
    }
    const chosen = open
      .sort((a, b) => Number(a.message.topic !== "order") - Number(b.message.topic !== "order"))
      .slice(0, limit)
    for (const event of chosen) {
      event.leaseToken = claim.token
      event.leaseUntil = claim.now + claim.leaseMs
      event.attempts += 1
    }
    return chosen
  }
}
