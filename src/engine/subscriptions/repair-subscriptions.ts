import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { ConnectorClient, ExternalSubscription } from "../../connectors/define-connector"
import { HubError, toFailure } from "../../lib/errors"
import { RUNNING_CONNECTION_STATES } from "../../types/states"
import { requireConnection } from "../connection/describe-connection"
import { openConnection, type OpenConnection } from "../connections"
import { raiseIssues, resolveIssues } from "../issues"
import { query, type Sql } from "../sql"
import { claimTick } from "../ticks"
import { judgeSubscriptions, missingTopics } from "./plan-repair"
import { webhookSecretOf } from "./webhook-secret"
import { loadEndpoint, noteChecked, type CheckedEndpoint, type EndpointRow } from "./webhook-endpoint"

const MISSING = "webhooks-missing"

interface Look {
  readonly listed: readonly ExternalSubscription[]
  readonly missing: readonly string[]
}

/** Which topics the channel does not send to us. Null where it cannot tell. */
async function look(connection: OpenConnection, endpoint: EndpointRow): Promise<Look | null> {
  const { client, webhookTopics } = connection
  if (!client.listSubscriptions) {
    return null
  }
  const listed = await client.listSubscriptions()
  return { listed, missing: missingTopics(judgeSubscriptions(webhookTopics, listed, endpoint.callback_url)) }
}

type Subscribe = NonNullable<ConnectorClient["subscribe"]>

/** Subscribes to what is missing. Where the channel cannot tell, it is told anew: that changes nothing if all is well. */
async function repair(
  container: MedusaContainer,
  connection: OpenConnection,
  { endpoint, subscribe }: { readonly endpoint: EndpointRow; readonly subscribe: Subscribe }
): Promise<CheckedEndpoint> {
  const before = await look(connection, endpoint)
  const isWell = before !== null && before.missing.length === 0 && endpoint.failure === null
  if (!isWell) {
    await subscribe(endpoint.callback_url, await webhookSecretOf(container, connection))
  }
  const after = isWell ? before : await look(connection, endpoint)
  const missing = after?.missing ?? []
  return {
    connectionId: connection.id,
    failure: null,
    subscriptions: after?.listed.map(({ topic, url }) => ({ topic, url })) ?? null,
    missing,
    repaired: (before?.missing ?? []).filter((topic) => !missing.includes(topic)).length,
  }
}

async function tellMissing(sql: Sql, connection: OpenConnection, checked: CheckedEndpoint): Promise<void> {
  if (checked.missing.length === 0) {
    return resolveIssues(sql, connection.id, MISSING)
  }
  await raiseIssues(sql, [
    {
      companyId: connection.companyId,
      connectionId: connection.id,
      listingId: null,
      code: MISSING,
      severity: "warning",
      message:
        `${connection.name} does not send us ${checked.missing.join(", ")}, although it was asked to. Orders are still found, ` +
        `by asking for them every minute. Check what the hub's app may do there.`,
      dedupeKey: MISSING,
    },
  ])
}

/**
 * Looks at what the channel of one connection sends, and subscribes again to what is missing.
 *
 * Throws `conflict` when the channel was never told where to send to, and whatever the channel answers; the latter is kept too.
 */
export async function repairOne(container: MedusaContainer, connectionId: string): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [connection, endpoint] = await Promise.all([
    openConnection(container, connectionId),
    loadEndpoint(sql, connectionId),
  ])
  const { client } = connection
  const subscribe = client.subscribe?.bind(client)
  if (!endpoint || !subscribe) {
    throw new HubError({
      kind: "conflict",
      message: endpoint
        ? `${connection.name} sends no messages, or is not allowed to.`
        : `${connection.name} was never told where to send its messages. Connect it first.`,
    })
  }
  try {
    const checked = await repair(container, connection, { endpoint, subscribe })
    await noteChecked(sql, checked)
    await tellMissing(sql, connection, checked)
  } catch (error) {
    await noteChecked(sql, {
      connectionId,
      failure: toFailure(error).message,
      subscriptions: endpoint.subscriptions,
      missing: endpoint.missing ?? [],
      repaired: 0,
    })
    throw error
  }
}

/** The same for a person, who may be at the admin whatever the channel thinks of our token. */
export async function repairByHand(container: MedusaContainer, connectionId: string): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await requireConnection(sql, connectionId)
  await repairOne(container, connectionId).catch((error: unknown) => {
    const failure = toFailure(error)
    throw failure.kind === "auth" ? new HubError({ ...failure, kind: "conflict" }, { cause: error }) : error
  })
}

const WINDOW_SECONDS = 900

const DUE_SQL = `
  SELECT e.connection_id AS id FROM hub_webhook_endpoint e
  JOIN hub_connection c ON c.id = e.connection_id AND c.deleted_at IS NULL AND c.state = ANY(:states)
  WHERE e.deleted_at IS NULL
    AND (e.checked_at IS NULL OR e.checked_at < clock_timestamp() - interval '23 hours'
      OR e.failure IS NOT NULL OR jsonb_array_length(COALESCE(e.missing, '[]')) > 0)
  ORDER BY e.checked_at NULLS FIRST`

/** Once a day for each connection, and again soon while something is wrong. One channel that hangs keeps no other waiting. */
export async function repairSubscriptions(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (!(await claimTick(sql, "repair-hub-subscriptions", WINDOW_SECONDS))) {
    return
  }
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const due = await query<{ id: string }>(sql, DUE_SQL, { states: [...RUNNING_CONNECTION_STATES] })
  await Promise.all(
    due.map(({ id }) =>
      repairOne(container, id).catch((error: unknown) =>
        logger.warn(`hub: the subscriptions of ${id} could not be looked at: ${toFailure(error).message}`)
      )
    )
  )
}
