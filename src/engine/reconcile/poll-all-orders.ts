import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { toFailure } from "../../lib/errors"
import { RUNNING_CONNECTION_STATES } from "../../types/states"
import { openConnection } from "../connections"
import { query, type Sql } from "../sql"
import { claimTick } from "../ticks"
import { wakeEngine } from "../wake"
import { pollOrders } from "./poll-orders"

const WINDOW_SECONDS = 60

const CONNECTIONS_SQL = `
  SELECT c.id FROM hub_connection c
  WHERE c.state = ANY(:states) AND c.deleted_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM hub_lane lane WHERE lane.connection_id = c.id AND lane.deleted_at IS NULL AND lane.not_before > now())
  ORDER BY c.id`

/**
 * Reads the orders of every running connection, so that one whose webhook was lost is found within a minute. One channel that
 * does not answer keeps no other waiting for its turn.
 */
export async function pollAllOrders(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  if (!(await claimTick(sql, "poll-hub-orders", WINDOW_SECONDS))) {
    return
  }
  const connections = await query<{ id: string }>(sql, CONNECTIONS_SQL, { states: [...RUNNING_CONNECTION_STATES] })
  await Promise.all(
    connections.map(async ({ id }) => {
      try {
        await pollOrders(sql, await openConnection(container, id))
      } catch (error) {
        logger.warn(`hub: the orders of ${id} could not be read, again within a minute: ${toFailure(error).message}`)
      }
    })
  )
  wakeEngine(container)
}
