import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { backoffMs } from "../lib/backoff"
import { toFailure, type HubFailure } from "../lib/errors"
import type { EngineOptions } from "../types/options"
import { RUNNING_CONNECTION_STATES } from "../types/states"
import { recordAnswer, recordFailure } from "./breaker/lane-breaker"
import { openConnection, type OpenConnection } from "./connections"
import { beginInboxWork } from "./ingest/process-inbox"
import { resolveIssues } from "./issues"
import { drainLaneOnce } from "./lane/drain-lane"
import { ENGINE_TROUBLE, parkForCredentials, raiseTrouble } from "./lane/park"
import { drainStockChanges } from "./mark"
import { loadDueRows, observeRows } from "./reconcile/observe-rows"
import { noteParcels } from "./parcels/note-parcels"
import { tellParcels } from "./parcels/tell-parcels"
import { pollOrders } from "./reconcile/poll-orders"
import { workOnRuns } from "./runs/work-on-runs"
import { query, type Sql } from "./sql"
import { claimTick } from "./ticks"
import { WorkerHeartbeat } from "./worker-heartbeat"

/** How many changes the marker takes at once. Until it is done with them, lanes wait to settle what they sent. */
const MARK_LIMIT = 1_000

const DUE_SQL = `
  SELECT c.id, (extract(epoch from c.updated_at) * 1000)::float8 AS changed_at
  FROM hub_connection c
  WHERE c.state = ANY(:states) AND c.deleted_at IS NULL AND EXISTS (
    SELECT 1 FROM hub_listing_state s
    WHERE NOT EXISTS (SELECT 1 FROM hub_lane lane WHERE lane.connection_id = c.id AND lane.deleted_at IS NULL AND lane.not_before > now())
      AND s.connection_id = c.id AND s.deleted_at IS NULL
      AND (s.stale_version > s.acked_version OR s.recheck_at IS NOT NULL)
      AND (s.stale_version > s.acked_version OR s.recheck_at <= now())
      AND (s.lease_until IS NULL OR s.lease_until <= now())
      AND (s.next_attempt_at IS NULL OR s.next_attempt_at <= now()))`

const OBSERVE_DUE_SQL = `
  SELECT DISTINCT s.connection_id, (extract(epoch from c.updated_at) * 1000)::float8 AS changed_at
  FROM hub_listing_state s JOIN hub_connection c ON c.id = s.connection_id AND c.deleted_at IS NULL
  WHERE s.observe_due_at <= now() AND s.deleted_at IS NULL AND c.state = ANY(:states)
    AND s.lease_token IS NULL AND (s.recheck_at IS NULL OR s.recheck_at <= now())
    AND NOT EXISTS (SELECT 1 FROM hub_lane lane WHERE lane.connection_id = c.id AND lane.deleted_at IS NULL AND lane.not_before > now())`

const UNSAFE_LOCKING =
  "hub: several workers share this database, but Medusa's locks are in memory and reach no further than one process. Two sales " +
  "at once can reserve the same unit. Register @medusajs/medusa/locking-postgres or locking-redis (see the README)."

/** How often parcels are looked for that no event has told of, over all processes. */
const NOTE_PARCELS_SECONDS = 60

interface Lane {
  readonly connection: OpenConnection
  /** `updated_at` of the connection, in milliseconds: newer settings are opened anew. */
  readonly changedAt: number
}

/** After a fault of our own, for example a database that does not answer. Faults of the channel are in `hub_lane`, for all. */
interface Rest {
  readonly failures: number
  /** Milliseconds since the process began. */
  readonly until: number
  /** Somebody who changes the settings should not have to wait for the end of the rest. */
  readonly changedAt: number
}

/** So many faults of our own in a row are told to a person. */
const TELL_AFTER_FAULTS = 3

/** After so many batches a lane looks anew whether its connection still runs, and with which settings. */
const BATCHES_PER_ROUND = 20

/**
 * Drives the engine inside one process: marks captured changes, drains the lanes of all running connections side by side
 * and works on the inbox. Several processes may run one each on the same database.
 */
export class Dispatcher {
  private readonly sql: Sql
  private readonly logger: Logger
  private readonly lanes = new Map<string, Lane>()
  private readonly rests = new Map<string, Rest>()
  private readonly draining = new Map<string, Promise<void>>()
  private readonly ingesting = new Set<Promise<void>>()
  private loop: Promise<void> | null = null
  private isStopping = false
  private readonly heartbeat: WorkerHeartbeat
  /** Other workers share the database and our locks do not reach them. Said once. */
  private isUnsafe = false
  private readonly sleepers = new Set<() => void>()
  /** Milliseconds since the process began. */
  private looksForParcelsAt = 0

  constructor(
    private readonly container: MedusaContainer,
    private readonly options: EngineOptions
  ) {
    this.sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    this.logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    this.heartbeat = new WorkerHeartbeat(container)
  }

  /** Begins to work until {@link stop}. Calling it again changes nothing. */
  start(): void {
    this.loop ??= Promise.all([
      this.repeat(() => this.markAndDrain()),
      this.repeat(() => this.ingest()),
      this.repeat(() => workOnRuns(this.container, this.options)),
      this.repeat(() => this.observe()),
      this.repeat(() => this.parcels()),
    ]).then(() => undefined)
  }

  /** Finishes what is on its way and takes up nothing new. */
  async stop(): Promise<void> {
    this.isStopping = true
    this.wake()
    await this.loop
    await Promise.all([...this.draining.values(), ...this.ingesting])
    await this.heartbeat.leave()
    this.loop = null
    this.isStopping = false
  }

  /** Something has happened in this process: do not wait for the next poll. */
  wake(): void {
    for (const sleeper of [...this.sleepers]) {
      sleeper()
    }
  }

  /** Works until there is nothing left that may be done now. For tests and commands, while the loop is off. */
  async drain(): Promise<void> {
    let isBusy = true
    while (isBusy) {
      const ingested = await this.ingest()
      await Promise.all(this.ingesting)
      const moved = await this.markAndDrain()
      await Promise.all(this.draining.values())
      const observed = await this.observe()
      const worked = await workOnRuns(this.container, this.options)
      const told = await this.parcels()
      isBusy = ingested || moved || observed || worked || told
    }
  }

  private async repeat(work: () => Promise<boolean>): Promise<void> {
    let failures = 0
    while (!this.isStopping) {
      try {
        const isBusy = await work()
        failures = 0
        if (!isBusy) {
          await this.sleep(this.options.poll_interval_ms)
        }
      } catch (error) {
        failures += 1
        const pauseMs = backoffMs(failures, Math.random())
        this.logger.error(`hub: the engine stumbled, again in ${Math.round(pauseMs)} ms: ${toFailure(error).message}`)
        await this.sleep(pauseMs)
      }
    }
  }

  private sleep(ms: number): Promise<void> {
    if (this.isStopping) {
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      const awake = (): void => {
        clearTimeout(timer)
        this.sleepers.delete(awake)
        resolve()
      }
      const timer = setTimeout(awake, ms)
      this.sleepers.add(awake)
    })
  }

  /** Fills up the free places for messages. Whoever finishes makes room and says so. */
  private async ingest(): Promise<boolean> {
    const places = this.options.order_concurrency - this.ingesting.size
    if (places <= 0) {
      return false
    }
    const begun = await beginInboxWork(this.container, places)
    for (const work of begun) {
      const place = work.finally(() => {
        this.ingesting.delete(place)
        this.wake()
      })
      this.ingesting.add(place)
    }
    return begun.length > 0
  }

  /** Reads numbers of which a message of the channel said that they are other than we think; and says that we are alive. */
  private async observe(): Promise<boolean> {
    const heartbeat = this.loop ? await this.heartbeat.beat() : null
    if (heartbeat?.isUnsafe && !this.isUnsafe) {
      this.logger.error(UNSAFE_LOCKING)
    }
    this.isUnsafe = heartbeat?.isUnsafe ?? this.isUnsafe
    const due = await query<{ connection_id: string; changed_at: number }>(this.sql, OBSERVE_DUE_SQL, {
      states: [...RUNNING_CONNECTION_STATES],
    })
    let isBusy = false
    for (const { connection_id: connectionId, changed_at: changedAt } of due) {
      isBusy = (await this.observeConnection(connectionId, changedAt)) || isBusy
    }
    return isBusy
  }

  private async observeConnection(connectionId: string, changedAt: number): Promise<boolean> {
    if (this.isResting(connectionId, changedAt)) {
      return false
    }
    const lane = await this.openLane(connectionId, changedAt)
    const rows = await loadDueRows(this.sql, connectionId, lane.connection.traits.maxBatch)
    try {
      await observeRows(this.sql, lane.connection, rows)
      return rows.length > 0
    } catch (error) {
      await this.halt(lane, toFailure(error))
      return false
    }
  }

  /** Parcels of which no event has told, and then the channels that have to hear of parcels. */
  private async parcels(): Promise<boolean> {
    // An idle process asks for its turn now and then, and not with every poll.
    if (performance.now() >= this.looksForParcelsAt) {
      this.looksForParcelsAt = performance.now() + (NOTE_PARCELS_SECONDS * 1_000) / 4
      if (await claimTick(this.sql, "note-parcels", NOTE_PARCELS_SECONDS)) {
        await noteParcels(this.sql)
      }
    }
    return tellParcels(this.container)
  }

  private async markAndDrain(): Promise<boolean> {
    const drained = await drainStockChanges(this.sql, MARK_LIMIT)
    const due = await query<{ id: string; changed_at: number }>(this.sql, DUE_SQL, {
      states: [...RUNNING_CONNECTION_STATES],
    })
    const startable = due.filter((lane) => !this.draining.has(lane.id) && !this.isResting(lane.id, lane.changed_at))
    for (const { id, changed_at: changedAt } of startable) {
      this.draining.set(
        id,
        this.drainLane(id, changedAt).finally(() => this.draining.delete(id))
      )
    }
    return drained >= MARK_LIMIT || startable.length > 0
  }

  private isResting(connectionId: string, changedAt: number): boolean {
    const rest = this.rests.get(connectionId)
    return rest !== undefined && rest.changedAt === changedAt && rest.until > performance.now()
  }

  private async drainLane(connectionId: string, changedAt: number): Promise<void> {
    try {
      const lane = await this.openLane(connectionId, changedAt)
      for (let batch = 0; batch < BATCHES_PER_ROUND && !this.isStopping; batch += 1) {
        const report = await drainLaneOnce({
          sql: this.sql,
          connection: lane.connection,
          requestTimeoutMs: lane.connection.config.requestTimeoutMs ?? this.options.request_timeout_ms,
          claimToCallMs: this.options.claim_to_call_ms,
        })
        if (report.halted) {
          await this.halt(lane, report.halted)
          return
        }
        if (report.hasRecovered) {
          await recordAnswer(this.sql, lane.connection)
        }
        if (report.waitingForOrders > 0) {
          await this.readOrders(lane)
        }
        if (report.claimed === 0) {
          await this.forgetFaults(connectionId)
          return
        }
      }
      await this.forgetFaults(connectionId)
      // There is more to do: the next round is not to wait for the next poll.
      this.wake()
    } catch (error) {
      await this.stumble(connectionId, changedAt, toFailure(error)).catch((failure: unknown) => {
        this.logger.error(`hub: lane of ${connectionId} stumbled twice: ${toFailure(failure).message}`)
      })
    }
  }

  /** Some numbers may only be raised once every sale of the channel is known. */
  private async readOrders(lane: Lane): Promise<void> {
    try {
      await pollOrders(this.sql, lane.connection)
      this.wake()
    } catch (error) {
      await this.halt(lane, toFailure(error))
    }
  }

  private async openLane(connectionId: string, changedAt: number): Promise<Lane> {
    const known = this.lanes.get(connectionId)
    if (known?.changedAt === changedAt) {
      return known
    }
    const connection = await openConnection(this.container, connectionId)
    const lane: Lane = { connection, changedAt }
    this.lanes.set(connectionId, lane)
    return lane
  }

  /** The channel as a whole does not take anything now. All processes pause; a person is asked where only one can help. */
  private async halt(lane: Lane, failure: HubFailure): Promise<void> {
    const { connection } = lane
    if (failure.kind === "auth") {
      this.lanes.delete(connection.id)
      await parkForCredentials(this.sql, connection, { changedAt: lane.changedAt, failure })
      return
    }
    const pauseMs = await recordFailure(this.sql, connection, failure)
    this.logger.warn(
      `hub: ${connection.name} pauses for ${Math.round(pauseMs)} ms (${failure.kind}): ${failure.message}`
    )
  }

  /** Something of our own went wrong. Nothing is lost, the lane tries again; a person hears of it when it lasts. */
  private async stumble(connectionId: string, changedAt: number, failure: HubFailure): Promise<void> {
    const failures = (this.rests.get(connectionId)?.failures ?? 0) + 1
    const restMs = failure.retryAfterMs ?? backoffMs(failures, Math.random())
    this.rests.set(connectionId, { failures, until: performance.now() + restMs, changedAt })
    this.logger.warn(`hub: lane of ${connectionId} stumbled, again in ${Math.round(restMs)} ms: ${failure.message}`)
    if (failures === TELL_AFTER_FAULTS) {
      await raiseTrouble(this.sql, connectionId, failure)
    }
  }

  private async forgetFaults(connectionId: string): Promise<void> {
    const rest = this.rests.get(connectionId)
    this.rests.delete(connectionId)
    if (rest && rest.failures >= TELL_AFTER_FAULTS) {
      await resolveIssues(this.sql, connectionId, ENGINE_TROUBLE)
    }
  }
}
