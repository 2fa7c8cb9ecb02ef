import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { mayHappen, refuseMove } from "../../lib/connection-state"
import { HubError } from "../../lib/errors"
import type { PersonalConnectionEvent } from "../../types/states"
import { openConnection } from "../connections"
import { moveConnectionTo } from "../move-connection"
import { requestRun } from "../runs/request-run"
import { setWriteMode } from "../snapshot/set-write-mode"
import { query, type Sql } from "../sql"
import { requireConnection } from "./describe-connection"

/** What the channel shows from then on: its numbers as they are, or nothing. */
export type LeftQuantities = "leave" | "zero"

/**
 * Ends the work for a channel. Its history stays, and it can be connected again. With `zero`, every linked listing is set to
 * nothing first, by a run that a person can see; the connection is disabled when that run has ended.
 *
 * Throws `conflict` when the connection is in a state that it cannot be disabled from, and `unsupported` when it may not write.
 *
 * @returns the run that sets the numbers to zero; null when they stay
 */
export async function disconnect(
  container: MedusaContainer,
  connectionId: string,
  how: { readonly quantities: LeftQuantities; readonly requestedBy: string | null }
): Promise<string | null> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const row = await requireConnection(sql, connectionId)
  if (!mayHappen(row.state, "disable")) {
    throw new HubError(refuseMove(row.state, "disable"))
  }
  if (how.quantities === "zero") {
    const open = await openConnection(container, connectionId)
    if (!open.client.pushStock) {
      throw new HubError({
        kind: "unsupported",
        message: `${row.name} may not write stock, so its numbers cannot be set to zero. Allow it, or leave them.`,
      })
    }
    return requestRun(sql, {
      kind: "zero-quantities",
      connectionId,
      scope: {},
      requestedBy: how.requestedBy ?? "hub",
    })
  }
  await disable(sql, connectionId, how.requestedBy)
  return null
}

/** Whoever connects it again begins in shadow and sees a preview first. */
export async function disable(sql: Sql, connectionId: string, requestedBy: string | null): Promise<void> {
  await moveConnectionTo(sql, { connectionId, event: "disable", reason: null, requestedBy })
  await setWriteMode(sql, connectionId, { mode: "shadow", requestedBy })
}

export interface MoveByHand {
  readonly event: PersonalConnectionEvent
  readonly reason: string | null
  readonly requestedBy: string | null
}

/** What a person does to the state of a connection. Throws `not-found`, and `conflict` with a sentence that names both states. */
export async function moveByHand(container: MedusaContainer, connectionId: string, move: MoveByHand): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { id } = await requireConnection(sql, connectionId)
  if (move.event === "disable") {
    await disconnect(container, id, { quantities: "leave", requestedBy: move.requestedBy })
    return
  }
  await moveConnectionTo(sql, { connectionId: id, ...move })
}

const DELETE_SQL = `
  WITH gone AS (
    UPDATE hub_connection SET deleted_at = clock_timestamp()
    WHERE id = :connectionId AND state = 'draft' AND connected_at IS NULL AND deleted_at IS NULL RETURNING id
  ), places AS (
    UPDATE hub_location_mapping m SET deleted_at = clock_timestamp() FROM gone WHERE m.connection_id = gone.id
  ), secrets AS (
    DELETE FROM hub_credential k USING gone WHERE k.connection_id = gone.id
  )
  SELECT id FROM gone`

/** Throws away a draft that was never connected. Throws `conflict` for any other connection: those are disconnected. */
export async function deleteDraft(sql: Sql, connectionId: string): Promise<void> {
  const row = await requireConnection(sql, connectionId)
  if ((await query(sql, DELETE_SQL, { connectionId })).length === 0) {
    throw new HubError({
      kind: "conflict",
      message: `${row.name} is ${row.state} and has been connected before: only a draft can be deleted. Disconnect it instead; its history stays.`,
    })
  }
}
