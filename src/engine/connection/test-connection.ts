import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { HubError, toFailure } from "../../lib/errors"
import type { HubConnectionTestResponse } from "../../types/http/connection"
import { givenSettings, integrationConfig, openClient, valuesOf, WEBHOOK_SECRET } from "../connections"
import { registryOf } from "../registry"
import type { Sql } from "../sql"
import { requireConnection } from "./describe-connection"

/**
 * Tries a connection out with its stored settings, some of them replaced. Nothing is stored, and nothing is changed on the
 * channel. A refusal is an answer here, not an error.
 *
 * Throws `not-found` for an unknown connection, and `conflict` when its connector is not installed.
 */
export async function testConnection(
  container: MedusaContainer,
  connectionId: string,
  settings: Readonly<Record<string, unknown>>
): Promise<HubConnectionTestResponse> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const row = await requireConnection(sql, connectionId)
  if (!registryOf(container).has(row.connector_id)) {
    throw new HubError({ kind: "conflict", message: `The connector ${row.connector_id} of ${row.name} is not installed.` })
  }
  const begun = performance.now()
  const took = (): number => Math.round(performance.now() - begun)
  try {
    const { [WEBHOOK_SECRET]: _webhook, ...secrets } = await integrationConfig(container).readSecrets(
      connectionId,
      Object.keys(settings)
    )
    const all = { ...row.options, ...secrets, ...settings, ...valuesOf(givenSettings(container, row)) }
    await openClient(container, { connectorId: row.connector_id, settings: all, owner: null }).client.check()
    return { is_ok: true, took_ms: took(), failure: null }
  } catch (error) {
    const { kind, message } = toFailure(error)
    return { is_ok: false, took_ms: took(), failure: { kind, message } }
  }
}
