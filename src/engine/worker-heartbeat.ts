import { hostname } from "node:os"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId, Modules } from "@medusajs/framework/utils"
import { query, type Sql } from "./sql"

const REGISTER_SQL = `
  INSERT INTO hub_worker (id, host, pid, started_at, seen_at, lock_provider, version)
  VALUES (:id, :host, :pid, clock_timestamp(), clock_timestamp(), :lockProvider, :version)`

const SEEN_SQL = "UPDATE hub_worker SET seen_at = clock_timestamp(), updated_at = now() WHERE id = :id"
const LEAVE_SQL = "DELETE FROM hub_worker WHERE id = :id OR seen_at < now() - interval '1 day'"

/** Workers that have been seen lately: more than one with a lock of its own cannot exclude each other. */
const OTHERS_SQL = `
  SELECT count(*)::int AS others FROM hub_worker
  WHERE id <> :id AND seen_at > now() - interval '1 minute' AND deleted_at IS NULL`

/** Of the hub. Code of two versions may share a database while a deployment rolls. */
export const VERSION = "0.1.0"

/** How often a worker says that it is there, in milliseconds. */
export const HEARTBEAT_MS = 10_000

/** What Medusa's locking module works with in this process: `in-memory` excludes nobody but this process itself. */
function lockProviderOf(container: MedusaContainer): string | null {
  try {
    const locking: unknown = container.resolve(Modules.LOCKING)
    const id =
      typeof locking === "object" && locking !== null && "defaultProviderId" in locking
        ? locking.defaultProviderId
        : null
    return typeof id === "string" ? id : null
  } catch {
    return null
  }
}

export interface Heartbeat {
  /** Another worker shares the database although this one's locks reach no further than the process. */
  readonly isUnsafe: boolean
}

/** The sign of life of one process whose engine runs. */
export class WorkerHeartbeat {
  private readonly sql: Sql
  private readonly id = generateEntityId(undefined, "hwork")
  private readonly lockProvider: string | null
  private seenAt: number | null = null

  constructor(container: MedusaContainer) {
    this.sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    this.lockProvider = lockProviderOf(container)
  }

  /** Says that this worker is there, if it has not said so lately. Null when there was no need to. */
  async beat(): Promise<Heartbeat | null> {
    if (this.seenAt !== null && performance.now() - this.seenAt < HEARTBEAT_MS) {
      return null
    }
    if (this.seenAt === null) {
      await query(this.sql, REGISTER_SQL, {
        id: this.id,
        host: hostname(),
        pid: process.pid,
        lockProvider: this.lockProvider,
        version: VERSION,
      })
    } else {
      await query(this.sql, SEEN_SQL, { id: this.id })
    }
    this.seenAt = performance.now()
    const [found] = await query<{ others: number }>(this.sql, OTHERS_SQL, { id: this.id })
    return { isUnsafe: (found?.others ?? 0) > 0 && this.lockProvider === "in-memory" }
  }

  /** This worker ends in good order. */
  async leave(): Promise<void> {
    if (this.seenAt !== null) {
      await query(this.sql, LEAVE_SQL, { id: this.id })
    }
  }
}
