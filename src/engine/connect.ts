import { randomBytes } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { registryOf } from "./registry"
import { parseOptions, splitSecrets } from "../connectors/define-options"
import { HubError, toFailure } from "../lib/errors"
import type HubSyncService from "../modules/sync/service"
import { HubModules } from "../types/modules"
import type { EngineOptions } from "../types/options"
import { integrationConfig, openClient, openConnection, WEBHOOK_SECRET } from "./connections"

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
  const known = (await integrationConfig(container).readSecrets(connectionId))[WEBHOOK_SECRET]
  const secret = known ?? `whsec_${randomBytes(32).toString("base64")}`
  if (!known) {
    await storeSecrets(container, { id: connectionId, company_id: connection.companyId }, { [WEBHOOK_SECRET]: secret })
  }
  await connection.client.subscribe(callbackUrl, secret)
}
