import { randomBytes } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { HubError, toFailure } from "../../lib/errors"
import { requireConnection } from "../connection/describe-connection"
import { recordChange } from "../connection/record-change"
import { openConnection, type OpenConnection } from "../connections"
import { previousOf, WEBHOOK_SECRET } from "../hub-secrets"
import { integrationConfig } from "../integration-config"
import type { Sql } from "../sql"
import { loadEndpoint, noteRotated } from "./webhook-endpoint"

/** How long the secret before this one opens messages: longer than any channel goes on trying an old one. */
export const PREVIOUS_VALID_SECONDS = 24 * 3_600

export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`

/** What the channel is to sign with. Made, and stored before the channel hears it, when there is none yet. */
export async function webhookSecretOf(
  container: MedusaContainer,
  connection: Pick<OpenConnection, "id" | "companyId">
): Promise<string> {
  const service = integrationConfig(container)
  const known = (await service.readSecrets(connection.id))[WEBHOOK_SECRET]
  if (known !== undefined) {
    return known
  }
  const secret = newWebhookSecret()
  await service.setSecrets({
    companyId: connection.companyId,
    connectionId: connection.id,
    secrets: { [WEBHOOK_SECRET]: secret },
  })
  return secret
}

/**
 * Replaces the secret that signs messages. Both are valid for a day, so that nothing that is on its way is refused. When the
 * channel cannot be told just now, the daily repair tells it.
 *
 * Throws `unsupported` where the channel signs with a secret of its own: that one is replaced under Credentials. Throws what the
 * channel answers; both secrets are valid then, too.
 */
export async function rotateWebhookSecret(
  container: MedusaContainer,
  connectionId: string,
  requestedBy: string | null
): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await requireConnection(sql, connectionId)
  const [connection, endpoint] = await Promise.all([
    openConnection(container, connectionId),
    loadEndpoint(sql, connectionId),
  ])
  const { definition, client, companyId, name } = connection
  if (definition.webhookSecretOptions || !client.subscribe || !endpoint) {
    const why = definition.webhookSecretOptions
      ? "signs with a secret of its own: replace that one among its credentials"
      : "was never told where to send its messages: connect it first"
    throw new HubError({ kind: "conflict", message: `${name} ${why}.` })
  }
  const service = integrationConfig(container)
  const before = await webhookSecretOf(container, connection)
  const secret = newWebhookSecret()
  // First that the old one stays valid: between the two statements, too, everything that is signed opens.
  await noteRotated(sql, connectionId, {
    validSeconds: PREVIOUS_VALID_SECONDS,
    failure: "The channel has not taken the new secret yet.",
  })
  await service.setSecrets({
    companyId,
    connectionId,
    secrets: { [previousOf(WEBHOOK_SECRET)]: before, [WEBHOOK_SECRET]: secret },
    replaceUnreadable: [previousOf(WEBHOOK_SECRET)],
  })
  await recordChange(sql, {
    connectionId,
    kind: "credentials",
    requestedBy,
    changes: [{ field: WEBHOOK_SECRET, from: null, to: null }],
  })
  try {
    await client.subscribe(endpoint.callback_url, secret)
    await noteRotated(sql, connectionId, { validSeconds: PREVIOUS_VALID_SECONDS, failure: null })
  } catch (error) {
    const failure = toFailure(error)
    await noteRotated(sql, connectionId, { validSeconds: PREVIOUS_VALID_SECONDS, failure: failure.message })
    // The person at the admin may be here, whatever the channel thinks of our token.
    throw failure.kind === "auth" ? new HubError({ ...failure, kind: "conflict" }, { cause: error }) : error
  }
}
