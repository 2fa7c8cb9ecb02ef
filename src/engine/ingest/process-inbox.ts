import { randomUUID } from "node:crypto"
import type { IWorkflowEngineService, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { backoffMs } from "../../lib/backoff"
import { toFailure } from "../../lib/errors"
import type { StockObservation } from "../../types/channel"
import { openConnection } from "../connections"
import { raiseIssues } from "../issues"
import { parkForCredentials } from "../lane/park"
import { pollOrders } from "../reconcile/poll-orders"
import { query, toStorableJson, type Sql } from "../sql"
import {
  claimInboxEvents,
  closeInboxEvent,
  INBOX_LEASE_SECONDS,
  retryInboxEvent,
  type ClaimedInboxEvent,
} from "./claim-inbox-events"

/** After so many failures a person is told. The message is still tried for ever. */
const TELL_AFTER_ATTEMPTS = 3

/*
 * What was accepted last, or is being written just now, comes back as a message: an echo, and no news. So is what the row
 * shows already to anybody who asks.
 */
const OBSERVE_SQL = `
  UPDATE hub_listing_state s SET observe_due_at = LEAST(s.observe_due_at, clock_timestamp())
  FROM hub_listing l
  WHERE l.connection_id = :connectionId AND l.external_id = :externalId AND l.deleted_at IS NULL
    AND s.listing_id = l.id AND s.external_location_id = :locationId AND s.deleted_at IS NULL
    AND (CAST(:quantity AS integer) IS NULL OR CAST(:quantity AS integer) IS DISTINCT FROM s.acked)
    AND NOT (s.lease_token IS NOT NULL AND COALESCE(CAST(:quantity AS integer) = s.desired, FALSE))`

/**
 * A message about stock may be old, late or doubled, and the channel's clock is not ours. So it is not believed but taken as a
 * reason to ask the channel what it shows now. Its number is compared, never added: it is not a movement of ours. A message
 * without a number only says that there is another one.
 */
async function hintObservation(sql: Sql, connectionId: string, observation: StockObservation): Promise<void> {
  await query(sql, OBSERVE_SQL, {
    connectionId,
    externalId: observation.externalListingId,
    locationId: observation.externalLocationId,
    quantity: observation.quantity,
  })
}

async function ingestOrder(container: MedusaContainer, inboxEventId: string): Promise<void> {
  const workflows = container.resolve<IWorkflowEngineService>(Modules.WORKFLOW_ENGINE)
  await workflows.run("ingest-hub-order", { input: { inbox_event_id: inboxEventId } })
}

const TELL_ORDER_SQL = `
  UPDATE hub_inbox_event SET payload = CAST(:payload AS jsonb), updated_at = now() WHERE id = :id AND lease_token = :token`

/** The message only says which order changed, so the channel is asked what it is now. That is right however late it came. */
async function processOrderHint(
  container: MedusaContainer,
  sql: Sql,
  { event, externalOrderId }: { readonly event: ClaimedInboxEvent; readonly externalOrderId: string }
): Promise<void> {
  const connection = await openConnection(container, event.connectionId)
  const { client } = connection
  if (!client.readOrder) {
    // It cannot be asked for one order; but what changed, this one among it, can be read.
    await pollOrders(sql, connection, { isUrgent: true })
    return closeInboxEvent(sql, event.id, "processed")
  }
  const order = await client.readOrder(externalOrderId)
  if (order === null) {
    return closeInboxEvent(sql, event.id, "stale")
  }
  const { eventId, occurredAt } = event.message
  await query(sql, TELL_ORDER_SQL, {
    id: event.id,
    token: event.token,
    payload: toStorableJson({ topic: "order", eventId, occurredAt, order, fromHint: true }),
  })
  await ingestOrder(container, event.id)
}

/** The merchant took our access away on the channel: nothing is tried any more until somebody gives it back. */
async function parkUninstalled(sql: Sql, event: ClaimedInboxEvent): Promise<void> {
  const [connection] = await query<{ name: string; changed_at: number }>(sql, CONNECTION_SQL, {
    id: event.connectionId,
  })
  if (connection) {
    await parkForCredentials(
      sql,
      { id: event.connectionId, companyId: event.companyId, name: connection.name },
      {
        changedAt: connection.changed_at,
        failure: { kind: "auth", message: "The channel says that our app was removed there." },
      }
    )
  }
}

const CONNECTION_SQL = `
  SELECT name, (extract(epoch from updated_at) * 1000)::float8 AS changed_at
  FROM hub_connection WHERE id = :id AND deleted_at IS NULL`

async function processEvent(container: MedusaContainer, sql: Sql, event: ClaimedInboxEvent): Promise<void> {
  const { message } = event
  switch (message.topic) {
    case "order":
      return ingestOrder(container, event.id)
    case "order-hint":
      return processOrderHint(container, sql, { event, externalOrderId: message.externalOrderId })
    case "uninstalled":
      await parkUninstalled(sql, event)
      return closeInboxEvent(sql, event.id, "processed")
    case "stock":
      await hintObservation(sql, event.connectionId, message.observation)
      return closeInboxEvent(sql, event.id, "processed")
    case "other":
      return closeInboxEvent(sql, event.id, "processed")
  }
}

async function putBack(
  sql: Sql,
  logger: Logger,
  event: ClaimedInboxEvent,
  token: string,
  thrown: unknown
): Promise<void> {
  const { message } = toFailure(thrown)
  const delaySeconds = backoffMs(event.attempts, Math.random()) / 1000
  await retryInboxEvent(sql, { id: event.id, token, error: message, delaySeconds })
  logger.warn(
    `hub: inbox event ${event.id} failed (attempt ${event.attempts}), again in ${delaySeconds.toFixed(1)} s: ${message}`
  )
  if (event.attempts >= TELL_AFTER_ATTEMPTS) {
    await raiseIssues(sql, [
      {
        companyId: event.companyId,
        connectionId: event.connectionId,
        listingId: null,
        code: "inbound-message-stuck",
        severity: "critical",
        message: `A message of the channel (${event.id}) failed ${event.attempts} times and is tried on: ${message}`,
        dedupeKey: `inbound-message-stuck:${event.id}`,
      },
    ])
  }
}

/**
 * Takes up to `limit` stored messages and begins to work on them side by side, never on two of the same order.
 *
 * @returns the work on each; none of it rejects, because a message that fails is put back
 */
export async function beginInboxWork(container: MedusaContainer, limit: number): Promise<Promise<void>[]> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const token = randomUUID()
  const events = await claimInboxEvents(sql, { limit, token, leaseSeconds: INBOX_LEASE_SECONDS })
  return events.map(async (event) => {
    try {
      await processEvent(container, sql, event)
    } catch (error) {
      await putBack(sql, logger, event, token, error).catch((failure: unknown) => {
        // The lease runs out by itself, and the message is taken up again.
        logger.error(`hub: inbox event ${event.id} could not be put back: ${toFailure(failure).message}`)
      })
    }
  })
}
