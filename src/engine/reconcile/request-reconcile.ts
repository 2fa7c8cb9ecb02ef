import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { RUNNING_CONNECTION_STATES } from "../../types/states"
import { openConnection } from "../connections"
import { requestRun } from "../runs/request-run"
import { query, type Sql } from "../sql"
import { claimTick } from "../ticks"

const WINDOW_SECONDS = 15 * 60

const CONNECTIONS_SQL = `
  SELECT id FROM hub_connection WHERE state = ANY(:states) AND deleted_at IS NULL ORDER BY id`

/** Whether a channel can tell what it shows. One that cannot be opened is told about elsewhere. */
async function canTell(container: MedusaContainer, connectionId: string): Promise<boolean> {
  try {
    const { client } = await openConnection(container, connectionId)
    return client.pullStock !== undefined
  } catch {
    return false
  }
}

/** Asks for a reconcile of every running connection, once per window however many processes have the same job. */
export async function requestReconcile(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (!(await claimTick(sql, "reconcile-hub-stock", WINDOW_SECONDS))) {
    return
  }
  const connections = await query<{ id: string }>(sql, CONNECTIONS_SQL, {
    states: [...RUNNING_CONNECTION_STATES],
  })
  for (const { id } of connections) {
    if (await canTell(container, id)) {
      await requestRun(sql, {
        kind: "reconcile",
        connectionId: id,
        scope: {},
        requestedBy: "reconcile-hub-stock",
      })
    }
  }
}
