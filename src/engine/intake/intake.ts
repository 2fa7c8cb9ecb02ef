import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { toFailure, type HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import type HubSyncService from "../../modules/sync/service"
import type { ChannelMessage } from "../../types/channel"
import { HubModules } from "../../types/modules"
import type { Sql } from "../sql"
import { DeliveryLog, type IntakeRequest } from "./delivery-log"
import { FailureLimit } from "./failure-limit"
import { InboxWriter, type Stored } from "./inbox-writer"
import { IntakeDirectory, type IntakeEntry } from "./intake-directory"

export type Acceptance = "accepted" | "duplicate"

const CONNECTION_ID = /^\w{1,64}$/

const MINUTE_MS = 60_000
/** Rejected deliveries a minute that are looked at one by one: of one address to one connection, and to one connection. */
const MOST_OF_ADDRESS = 20
const MOST_OF_CONNECTION = 200
const REMEMBERED = 10_000
/** A connection that changes faster than a message can be stored is left to the sender's next try. */
const MOST_CHANGES = 3

const unknownConnection = (connectionId: string): Result<never, HubFailure> =>
  err({ kind: "not-found", message: `There is no connection ${connectionId}.` })

interface Verified {
  readonly entry: IntakeEntry
  readonly message: Result<ChannelMessage, HubFailure>
}

/**
 * The way into this process for messages of channels. A message is verified with what is kept in memory, stored together with
 * those that come at the same time, and answered when it is on disk. What happened to each delivery is logged behind its back.
 */
export class Intake {
  readonly directory: IntakeDirectory
  readonly deliveries: DeliveryLog
  private readonly inbox: InboxWriter
  private readonly byAddress = new FailureLimit({ most: MOST_OF_ADDRESS, windowMs: MINUTE_MS, capacity: REMEMBERED })
  private readonly byConnection = new FailureLimit({
    most: MOST_OF_CONNECTION,
    windowMs: MINUTE_MS,
    capacity: REMEMBERED,
  })

  constructor(container: MedusaContainer) {
    const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    this.directory = new IntakeDirectory(container)
    this.inbox = new InboxWriter(sql)
    this.deliveries = new DeliveryLog(sql, (message) => logger.warn(message))
  }

  /** See `acceptWebhook`. Rejects when it is not known whether the message is stored. */
  async accept(connectionId: string, request: IntakeRequest): Promise<Result<Acceptance, HubFailure>> {
    const begun = performance.now()
    for (let change = 0; change < MOST_CHANGES; change += 1) {
      const verified = await this.verify(connectionId, request)
      if (!verified) {
        return unknownConnection(connectionId)
      }
      const { entry, message } = verified
      if (!message.ok) {
        return this.refuse(entry, request, { failure: message.error, begun })
      }
      const { id, companyId, version } = entry
      const stored = await this.inbox.store({ companyId, connectionId: id, version, message: message.value })
      if (stored.outcome !== "changed") {
        return this.note(entry, request, { message: message.value, stored, begun })
      }
      await this.directory.findAnew(connectionId)
    }
    return err({ kind: "transient", message: "The connection is being changed. Try again later." })
  }

  /** Refuses a request that was not even read. */
  async refuseUnread(
    connectionId: string,
    request: IntakeRequest,
    failure: HubFailure
  ): Promise<Result<Acceptance, HubFailure>> {
    const begun = performance.now()
    const entry = CONNECTION_ID.test(connectionId) ? await this.directory.find(connectionId) : null
    return entry ? this.refuse(entry, request, { failure, begun }) : unknownConnection(connectionId)
  }

  stop(): Promise<void> {
    return this.deliveries.flush()
  }

  private async verify(connectionId: string, request: IntakeRequest): Promise<Verified | null> {
    if (!CONNECTION_ID.test(connectionId)) {
      return null
    }
    const entry = await this.directory.find(connectionId)
    const message = entry && read(entry, request)
    if (entry && message?.ok) {
      return { entry, message }
    }
    // Perhaps it was made, opened or given another secret a moment ago. However many fail, the table is read rarely.
    const now = await this.directory.findAnew(connectionId)
    return now && { entry: now, message: now === entry && message ? message : read(now, request) }
  }

  private note(
    entry: IntakeEntry,
    request: IntakeRequest,
    told: { readonly message: ChannelMessage; readonly stored: Stored; readonly begun: number }
  ): Result<Acceptance, HubFailure> {
    const { message, stored } = told
    const outcome = stored.outcome === "accepted" ? "accepted" : "duplicate"
    this.deliveries.add({
      entry,
      request,
      outcome,
      inboxEventId: stored.outcome === "accepted" ? stored.id : null,
      eventId: message.eventId,
      topic: message.topic,
      failure: null,
      tookMs: performance.now() - told.begun,
    })
    return ok(outcome)
  }

  /**
   * What is signed well always passes, also from an address that many failures came from: it may be that of a proxy, and a
   * stranger must not be able to shut a channel out. So the limit keeps floods out of the log and away from the database.
   */
  private refuse(
    entry: IntakeEntry,
    request: IntakeRequest,
    { failure, begun }: { readonly failure: HubFailure; readonly begun: number }
  ): Result<Acceptance, HubFailure> {
    // Not the sender's fault, and no reason to slow it down.
    if (failure.kind === "transient") {
      return err(failure)
    }
    const retryAfterMs = Math.max(
      this.byAddress.note(`${entry.id} ${request.address}`, begun),
      this.byConnection.note(entry.id, begun)
    )
    if (retryAfterMs > 0) {
      return err({ kind: "rate-limited", message: `Too many rejected messages. ${failure.message}`, retryAfterMs })
    }
    this.deliveries.add({
      entry,
      request,
      outcome: "rejected",
      inboxEventId: null,
      eventId: null,
      topic: null,
      failure,
      tookMs: performance.now() - begun,
    })
    return err(failure)
  }
}

function read(entry: IntakeEntry, request: IntakeRequest): Result<ChannelMessage, HubFailure> {
  if (!entry.verify.ok) {
    return entry.verify
  }
  try {
    return entry.verify.value(request, new Date())
  } catch (error) {
    // A connector that throws has a mistake. The sender keeps the message until it is mended.
    return err({
      kind: "transient",
      message: `The message could not be read: ${toFailure(error).kind}. Try again later.`,
    })
  }
}

/** The way into this process, made when the first message comes. */
export function intakeOf(container: MedusaContainer): Intake {
  const service = container.resolve<HubSyncService>(HubModules.SYNC)
  if (service.intake instanceof Intake) {
    return service.intake
  }
  const intake = new Intake(container)
  service.intake = intake
  return intake
}
