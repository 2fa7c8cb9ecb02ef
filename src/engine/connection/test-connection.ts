import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { HubError, toFailure } from "../../lib/errors"
import type { HubConnectionTestResponse } from "../../types/http/connection"
import { testSettings } from "../connect"
import { givenSettings, integrationConfig, openClient, valuesOf } from "../connections"
import { splitHubSecrets } from "../hub-secrets"
import { registryOf } from "../registry"
import type { Sql } from "../sql"
import { requireConnection } from "./describe-connection"

export interface NewSettings {
  readonly name: string
  readonly connector_id: string
  /** Undefined for a draft that has none yet. */
  readonly settings: Readonly<Record<string, unknown>> | undefined
}

/**
 * Tests the settings of a connection that does not exist yet, together with those that code and environment give to its name.
 *
 * Throws `invalid-data` for an unknown connector, and whatever the test throws.
 *
 * @returns what is to be stored: nothing for a draft, and nothing that is given
 */
export async function testNewSettings(
  container: MedusaContainer,
  { name, connector_id: connectorId, settings }: NewSettings
): Promise<{ publicOptions: Record<string, unknown>; secrets: Record<string, string> }> {
  const registry = registryOf(container)
  if (!registry.has(connectorId)) {
    const known = registry.definitions.map(({ id }) => id).join(", ")
    throw new HubError({ kind: "invalid-data", message: `There is no connector "${connectorId}". Known: ${known}.` })
  }
  if (settings === undefined) {
    return { publicOptions: {}, secrets: {} }
  }
  const given = givenSettings(container, { id: "", name, connector_id: connectorId })
  const { publicOptions, secrets } = await testSettings(container, connectorId, { ...settings, ...valuesOf(given) })
  const own = <Value>(values: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(values).filter(([option]) => !given.settings.has(option)))
  return { publicOptions: own(publicOptions), secrets: own(secrets) }
}

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
    throw new HubError({
      kind: "conflict",
      message: `The connector ${row.connector_id} of ${row.name} is not installed.`,
    })
  }
  const begun = performance.now()
  const took = (): number => Math.round(performance.now() - begun)
  try {
    const stored = await integrationConfig(container).readSecrets(connectionId, Object.keys(settings))
    const all = {
      ...row.options,
      ...splitHubSecrets(stored).settings,
      ...settings,
      ...valuesOf(givenSettings(container, row)),
    }
    const tokens = { connectionId, companyId: row.company_id, name: row.name, isLent: true }
    await openClient(container, { connectorId: row.connector_id, settings: all, owner: null, tokens }).client.check()
    return { is_ok: true, took_ms: took(), failure: null }
  } catch (error) {
    const { kind, message } = toFailure(error)
    return { is_ok: false, took_ms: took(), failure: { kind, message } }
  }
}
