import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { backoffMs } from "../lib/backoff"
import { toFailure, type HubFailure } from "../lib/errors"
import type { EngineOptions } from "../types/options"
import { RUNNING_CONNECTION_STATES } from "../types/states"
import { integrationConfig, openConnection, type OpenConnection } from "./connections"
import { beginInboxWork } from "./ingest/process-inbox"
import { raiseIssues } from "./issues"
import { drainLaneOnce } from "./lane/drain-lane"
import { drainStockChanges } from "./mark"
import { query, type Sql } from "./sql"

/** How many changes the marker takes at once. */
const MARK_LIMIT = 5_000

const DUE_SQL = `
  SELECT c.id, (extract(epoch from c.updated_at) * 1000)::float8 AS changed_at
  FROM hub_connection c
  WHERE c.state = ANY(:states) AND c.deleted_at IS NULL AND EXISTS (
    SELECT 1 FROM hub_listing_state s
    WHERE s.connection_id = c.id AND s.deleted_at IS NULL
      AND (s.stale_version > s.acked_version OR s.recheck_at IS NOT NULL)
      AND (s.stale_version > s.acked_version OR s.recheck_at <= now())
      AND (s.lease_until IS NULL OR s.lease_until <= now())
      AND (s.next_attempt_at IS NULL OR s.next_attempt_at <= now()))`

interface Lane {
  readonly connection: OpenConnection
  readonly changedAt: number
  /** Failures of the whole connection in a row. */
  readonly failures: number
  /** Milliseconds since the process began; the lane rests until then. */
  readonly restUntil: number
}

/**
 * Drives the engine inside one process: marks captured changes, drains the lanes of all running connections side by side
 * and works on the inbox. Several processes may run one each on the same database.
 */
export class Dispatcher {
  private readonly sql: Sql
  private readonly logger: Logger
  private readonly lanes = new Map<string, Lane>()
  private readonly draining = new Map<string, Promise<void>>()
  private readonly ingesting = new Set<Promise<void>>()
  private loop: Promise<void> | null = null
  private isStopping = false
  private readonly sleepers = new Set<() => void>()

  constructor(
    private readonly container: MedusaContainer,
    private readonly options: EngineOptions
  ) {
    this.sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    this.logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  }

  /** Begins to work until {@link stop}. Calling it again changes nothing. */
  start(): void {
    this.loop ??= Promise.all([this.repeat(() => this.markAndDrain()), this.repeat(() => this.ingest())]).then(
      () => undefined
    )
  }

  /** Finishes what is on its way and takes up nothing new. */
  async stop(): Promise<void> {
    this.isStopping = true
    this.wake()
    await this.loop
    await Promise.all([...this.draining.values(), ...this.ingesting])
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
      isBusy = ingested || moved
    }
  }

  private async repeat(work: () => Promise<boolean>): Promise<void> {
    while (!this.isStopping) {
      const isBusy = await work().catch((error: unknown) => {
        this.logger.error(`hub: the engine stumbled and goes on: ${toFailure(error).message}`)
        return false
      })
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- stop() may have been called meanwhile
      if (!isBusy && !this.isStopping) {
        await this.sleep()
      }
    }
  }

  private sleep(): Promise<void> {
    return new Promise((resolve) => {
      const awake = (): void => {
        clearTimeout(timer)
        this.sleepers.delete(awake)
        resolve()
      }
      const timer = setTimeout(awake, this.options.poll_interval_ms)
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

  private async markAndDrain(): Promise<boolean> {
    const drained = await drainStockChanges(this.sql, MARK_LIMIT)
    const due = await query<{ id: string; changed_at: number }>(this.sql, DUE_SQL, {
      states: [...RUNNING_CONNECTION_STATES],
    })
    const startable = due.filter(
      ({ id }) => !this.draining.has(id) && (this.lanes.get(id)?.restUntil ?? 0) <= performance.now()
    )
    for (const { id, changed_at: changedAt } of startable) {
      this.draining.set(
        id,
        this.drainLane(id, changedAt).finally(() => this.draining.delete(id))
      )
    }
    return drained >= MARK_LIMIT || startable.length > 0
  }

  private async drainLane(connectionId: string, changedAt: number): Promise<void> {
    try {
      const lane = await this.openLane(connectionId, changedAt)
      let claimed = 1
      while (claimed > 0 && !this.isStopping) {
        const report = await drainLaneOnce({
          sql: this.sql,
          logger: this.logger,
          connection: lane.connection,
          requestTimeoutMs: this.options.request_timeout_ms,
        })
        claimed = report.claimed
        if (report.halted) {
          await this.rest(connectionId, lane, report.halted)
          return
        }
      }
      this.lanes.set(connectionId, { ...lane, failures: 0, restUntil: 0 })
    } catch (error) {
      const failure = toFailure(error)
      this.logger.error(`hub: lane of ${connectionId} stopped: ${failure.message}`)
      if (failure.kind === "auth") {
        await this.askForCredentials(connectionId, failure)
      }
    }
  }

  private async openLane(connectionId: string, changedAt: number): Promise<Lane> {
    const known = this.lanes.get(connectionId)
    if (known?.changedAt === changedAt) {
      return known
    }
    const connection = await openConnection(this.container, connectionId, this.options)
    const lane: Lane = { connection, changedAt, failures: 0, restUntil: 0 }
    this.lanes.set(connectionId, lane)
    return lane
  }

  private async rest(connectionId: string, lane: Lane, failure: HubFailure): Promise<void> {
    if (failure.kind === "auth") {
      return this.askForCredentials(connectionId, failure)
    }
    const failures = lane.failures + 1
    const restMs = failure.retryAfterMs ?? backoffMs(failures, Math.random())
    this.lanes.set(connectionId, { ...lane, failures, restUntil: performance.now() + restMs })
    if (failures === 1 || failures % 10 === 0) {
      this.logger.warn(
        `hub: ${lane.connection.name} rests for ${Math.round(restMs)} ms (${failure.kind}): ${failure.message}`
      )
    }
  }

  private async askForCredentials(connectionId: string, failure: HubFailure): Promise<void> {
    const [connection] = await integrationConfig(this.container).updateHubConnections([
      { id: connectionId, state: "needs-reauthorisation", state_reason: failure.message },
    ])
    this.lanes.delete(connectionId)
    await raiseIssues(this.sql, [
      {
        companyId: connection?.company_id ?? "",
        connectionId,
        listingId: null,
        code: "needs-reauthorisation",
        severity: "critical",
        message: `${connection?.name ?? connectionId} refuses our credentials: ${failure.message} Enter them anew; work waits and goes on by itself.`,
        dedupeKey: "needs-reauthorisation",
      },
    ])
  }
}
