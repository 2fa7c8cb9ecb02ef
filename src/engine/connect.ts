import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { registryOf } from "./registry"
import { parseOptions, splitSecrets } from "../connectors/define-options"
import { HubError, toFailure } from "../lib/errors"
import type HubSyncService from "../modules/sync/service"
import { HubModules } from "../types/modules"
import type { EngineOptions } from "../types/options"
import { integrationConfig, openClient, openConnection } from "./connections"
import type { Sql } from "./sql"
import { rememberEndpoint } from "./subscriptions/webhook-endpoint"
import { webhookSecretOf } from "./subscriptions/webhook-secret"

export const engineOptions = (container: MedusaContainer): EngineOptions =>
  container.resolve<HubSyncService>(HubModules.SYNC).engineOptions

/** That the channel refuses these credentials does not mean that the person at the admin may not be here. */
function asBadSettings(error: unknown): never {
  const failure = toFailure(error)
  throw failure.kind === "auth" ? new HubError({ ...failure, kind: "invalid-data" }, { cause: error }) : error
}

/**
 * Checks settings against the connector and against the channel itself, before anything is stored.
 *
 * @returns the settings parted into what may be stored in the clear and what has to be encrypted
 */
export async function testSettings(
  container: MedusaContainer,
  connectorId: string,
  settings: Readonly<Record<string, unknown>>
): Promise<{ publicOptions: Record<string, unknown>; secrets: Record<string, string> }> {
  const definition = registryOf(container).get(connectorId)
  const options = parseOptions(definition.options, settings)
  if (!options.ok) {
    throw new HubError(options.error)
  }
  const split = splitSecrets(definition.options, options.value)
  // Every connection gets a webhook secret at least, so one without a key ring cannot live.
  await integrationConfig(container).assertCanStoreSecrets()
  if (definition.oauth?.grant(options.value) === "authorization-code") {
    // Nothing works before somebody has said yes on the channel; after that, every call is a test.
    return split
  }
  await openClient(container, { connectorId, settings, owner: null }).client.check().catch(asBadSettings)
  return split
}

/**
 * Encrypts and stores secrets of a connection. Not a workflow step: the workflow engine may store what goes into a step.
 */
export async function storeSecrets(
  container: MedusaContainer,
  connection: { readonly id: string; readonly company_id: string },
  secrets: Readonly<Record<string, string>>
): Promise<void> {
  await integrationConfig(container).setSecrets({
    companyId: connection.company_id,
    connectionId: connection.id,
    secrets,
  })
}

/** Makes the channel send us its messages, signed with a secret that only we two know. Calling it again changes nothing. */
export async function subscribe(container: MedusaContainer, connectionId: string, callbackUrl: string): Promise<void> {
  const connection = await openConnection(container, connectionId)
  if (!connection.client.subscribe) {
    return
  }
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const secret = await webhookSecretOf(container, connection)
  await rememberEndpoint(sql, { connectionId, companyId: connection.companyId, callbackUrl })
  await connection.client.subscribe(callbackUrl, secret).catch(asBadSettings)
}
