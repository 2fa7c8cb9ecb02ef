import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId } from "@medusajs/framework/utils"
import { toFailure, type HubFailure } from "../../lib/errors"
import { RUNNING_CONNECTION_STATES } from "../../types/states"
import { openConnection } from "../connections"
import { parkForCredentials } from "../lane/park"
import { moveIfPossible } from "../move-connection"
import { registryOf } from "../registry"
import { query, type Sql } from "../sql"
import { claimTick } from "../ticks"

const WINDOW_SECONDS = 60

/** A channel that takes longer to say that it is there is not well. */
export const CHECK_TIMEOUT_MS = 2_000

interface Checked {
  readonly id: string
  readonly company_id: string
  readonly name: string
  readonly connector_id: string
  readonly changed_at: number
}

const DUE_SQL = `
  SELECT id, company_id, name, connector_id, (extract(epoch from updated_at) * 1000)::float8 AS changed_at
  FROM hub_connection WHERE state = ANY(:states) AND deleted_at IS NULL ORDER BY id`

const NOTE_SQL = `
  INSERT INTO hub_lane (id, company_id, connection_id, checked_at, check_ms, check_failure)
  VALUES (:id, :companyId, :connectionId, clock_timestamp(), :tookMs, :failure)
  ON CONFLICT (connection_id) WHERE deleted_at IS NULL
  DO UPDATE SET checked_at = excluded.checked_at, check_ms = excluded.check_ms, check_failure = excluded.check_failure`

/** An open breaker finds out for itself whether writes go through again; a check says nothing of that. */
const IS_OPEN_SQL = `
  SELECT 1 FROM hub_lane WHERE connection_id = :connectionId AND breaker_state <> 'closed' AND deleted_at IS NULL`

async function judge(sql: Sql, connection: Checked, failure: HubFailure | null): Promise<void> {
  const { id: connectionId } = connection
  if (failure === null) {
    if ((await query(sql, IS_OPEN_SQL, { connectionId })).length === 0) {
      await moveIfPossible(sql, { connectionId, event: "answered", reason: null, requestedBy: null })
    }
    return
  }
  if (failure.kind === "auth") {
    await parkForCredentials(
      sql,
      { id: connectionId, companyId: connection.company_id, name: connection.name },
      { changedAt: connection.changed_at, failure }
    )
    return
  }
  // To be told to slow down is an answer.
  if (failure.kind !== "rate-limited") {
    await moveIfPossible(sql, { connectionId, event: "unanswered", reason: failure.message, requestedBy: null })
  }
}

/** Asks one channel whether it is there, within three seconds, and moves its connection between connected and degraded. */
async function checkOne(container: MedusaContainer, sql: Sql, connection: Checked): Promise<void> {
  const begun = performance.now()
  let failure: HubFailure | null = null
  try {
    const open = await openConnection(container, connection.id, { timeoutMs: CHECK_TIMEOUT_MS })
    await open.client.check()
  } catch (error) {
    failure = toFailure(error)
  }
  await query(sql, NOTE_SQL, {
    id: generateEntityId(undefined, "hlane"),
    companyId: connection.company_id,
    connectionId: connection.id,
    tookMs: Math.round(performance.now() - begun),
    failure: failure?.message ?? null,
  })
  await judge(sql, connection, failure)
}

const PARKABLE = ["connected", "degraded", "needs-reauthorisation", "paused", "maintenance"] as const

/** A connection whose connector is not installed any more cannot work, whatever its channel says. */
async function judgeConnectors(container: MedusaContainer, sql: Sql): Promise<void> {
  const registry = registryOf(container)
  for (const { id, connector_id: connector } of await query<Checked>(sql, DUE_SQL, { states: [...PARKABLE] })) {
    if (!registry.has(connector)) {
      const reason = `The connector ${connector} is not installed. Add it to the plugin option connectors and restart.`
      await moveIfPossible(sql, { connectionId: id, event: "connector-gone", reason, requestedBy: null })
    }
  }
  for (const { id, connector_id: connector } of await query<Checked>(sql, DUE_SQL, { states: ["deprecated"] })) {
    if (registry.has(connector)) {
      const reason = `The connector ${connector} is installed again. Resume the connection when you are ready.`
      await moveIfPossible(sql, { connectionId: id, event: "connector-back", reason, requestedBy: null })
    }
  }
}

/** Asks every running channel at once; one that hangs keeps no other waiting. */
export async function checkConnections(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  await judgeConnectors(container, sql)
  const connections = await query<Checked>(sql, DUE_SQL, { states: [...RUNNING_CONNECTION_STATES] })
  await Promise.all(
    connections.map((connection) =>
      checkOne(container, sql, connection).catch((error: unknown) =>
        logger.warn(`hub: ${connection.name} could not be checked: ${toFailure(error).message}`)
      )
    )
  )
}

/** The same, once per minute however many processes have the job. */
export async function checkOncePerWindow(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (await claimTick(sql, "check-hub-connections", WINDOW_SECONDS)) {
    await checkConnections(container)
  }
}
