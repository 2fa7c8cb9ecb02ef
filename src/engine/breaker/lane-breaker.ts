import type { HubFailure } from "../../lib/errors"
import { raiseIssues, resolveIssues } from "../issues"
import { lockLane, saveBreaker } from "../lane/load-lane"
import { moveIfPossible } from "../move-connection"
import type { Sql } from "../sql"
import { afterAnswer, afterFailure, beginCall, mayCall } from "./breaker"

const UNREACHABLE = "channel-unreachable"

interface Concerned {
  readonly id: string
  readonly companyId: string
  readonly name: string
}

export type Permission = "go" | "probe" | "wait"

/** Asks whether a connection may be called through a breaker that is not closed. One worker gets to try. */
export async function askToProbe(sql: Sql, connectionId: string, probeMs: number): Promise<Permission> {
  return sql.transaction(async (transaction) => {
    const lane = await lockLane(transaction, connectionId)
    if (!lane || !mayCall(lane.breaker, lane.now)) {
      return "wait"
    }
    const { breaker, isProbe } = beginCall(lane.breaker, lane.now, probeMs)
    await saveBreaker(transaction, connectionId, breaker)
    return isProbe ? "probe" : "go"
  })
}

/** The channel answers. What was wrong before is over, and whoever was told hears so. */
export async function recordAnswer(sql: Sql, connection: Concerned): Promise<void> {
  await sql.transaction(async (transaction) => {
    const lane = await lockLane(transaction, connection.id)
    if (!lane) {
      return
    }
    await saveBreaker(transaction, connection.id, afterAnswer(lane.breaker))
    await moveIfPossible(transaction, {
      connectionId: connection.id,
      event: "answered",
      reason: null,
      requestedBy: null,
    })
    await resolveIssues(transaction, connection.id, UNREACHABLE)
  })
}

/**
 * A call failed as a whole. Every process obeys the pause that follows. After a few in a row the breaker opens, the connection
 * is degraded, and a person is told once.
 *
 * @returns how long the pause is, in milliseconds
 */
export async function recordFailure(sql: Sql, connection: Concerned, failure: HubFailure): Promise<number> {
  return sql.transaction(async (transaction) => {
    const lane = await lockLane(transaction, connection.id)
    if (!lane) {
      return 0
    }
    const after = afterFailure(lane.breaker, failure, { now: lane.now, random: Math.random() })
    await saveBreaker(transaction, connection.id, after)
    if (after.state === "open" && lane.breaker.state === "closed") {
      await moveIfPossible(transaction, {
        connectionId: connection.id,
        event: "unanswered",
        reason: failure.message,
        requestedBy: null,
      })
      await raiseIssues(transaction, [
        {
          companyId: connection.companyId,
          connectionId: connection.id,
          listingId: null,
          code: UNREACHABLE,
          severity: "critical",
          message:
            `${connection.name} failed ${after.failures} times in a row (${failure.message}). ` +
            `The hub tries again by itself and sends everything that has changed meanwhile. Check the channel if this lasts.`,
          dedupeKey: UNREACHABLE,
        },
      ])
    }
    return Math.max(0, (after.notBefore ?? 0) - lane.now)
  })
}
