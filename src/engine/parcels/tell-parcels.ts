import { randomUUID } from "node:crypto"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { backoffMs } from "../../lib/backoff"
import { toFailure, type HubFailure } from "../../lib/errors"
import type { FulfilmentPushOutcome } from "../../types/channel-order"
import type { ExternalLocationId } from "../../types/ids"
import type { OrderRules } from "../../types/order-rules"
import { RUNNING_CONNECTION_STATES } from "../../types/states"
import { openConnection } from "../connections"
import { raiseIssues, resolveIssues } from "../issues"
import { query, type Sql } from "../sql"
import type { ParcelContent } from "./plan-parcels"

interface ParcelRow {
  readonly id: string
  readonly company_id: string
  readonly connection_id: string
  readonly connection_name: string
  readonly order_rules: OrderRules | null
  readonly external_order_id: string
  readonly external_number: string
  readonly external_location_id: string
  readonly content: ParcelContent
  readonly attempts: number
}

/** Longer than any call takes; a worker that died with a parcel gives it back after this time. */
const LEASE_SECONDS = 90
const AT_ONCE = 4
/** After so many failures a person is told. It is tried on for ever. */
const TELL_AFTER_ATTEMPTS = 3
/** What the channel refuses is tried again, too: somebody may have put it right. */
const REFUSED_PAUSE_MS = 15 * 60_000

const CLAIM_SQL = `
  WITH due AS (
    SELECT p.id FROM hub_parcel p
    JOIN hub_connection c ON c.id = p.connection_id AND c.deleted_at IS NULL
    WHERE p.state = 'waiting' AND p.deleted_at IS NULL AND c.state = ANY(:states) AND c.write_mode = 'live'
      AND 'write-parcels' = ANY(c.allowed_operations)
      AND (p.lease_until IS NULL OR p.lease_until <= now()) AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
      AND NOT EXISTS (SELECT 1 FROM fulfillment f WHERE f.id = p.fulfillment_id AND f.canceled_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM hub_lane l WHERE l.connection_id = c.id AND l.deleted_at IS NULL AND l.not_before > now())
    ORDER BY p.created_at, p.id LIMIT :limit FOR UPDATE OF p SKIP LOCKED
  ), taken AS (
    UPDATE hub_parcel p SET lease_token = :token, lease_until = now() + make_interval(secs => :leaseSeconds),
      attempts = p.attempts + 1, updated_at = now()
    FROM due WHERE p.id = due.id RETURNING p.*
  )
  SELECT taken.id, taken.company_id, taken.connection_id, c.name AS connection_name, c.order_rules, taken.external_order_id,
    COALESCE(o.external_number, taken.external_order_id) AS external_number, taken.external_location_id, taken.content,
    taken.attempts
  FROM taken JOIN hub_connection c ON c.id = taken.connection_id
  LEFT JOIN hub_channel_order o ON o.connection_id = taken.connection_id AND o.external_id = taken.external_order_id
    AND o.deleted_at IS NULL`

const CONFIRM_SQL = `
  UPDATE hub_parcel SET state = 'confirmed', confirmed_at = clock_timestamp(), external_fulfilment_id = :externalId, error = NULL,
    lease_token = NULL, lease_until = NULL, updated_at = now()
  WHERE id = :id AND lease_token = :token`

const SKIP_SQL = `
  UPDATE hub_parcel SET state = 'skipped', lease_token = NULL, lease_until = NULL, updated_at = now()
  WHERE id = :id AND lease_token = :token`

const RETRY_SQL = `
  UPDATE hub_parcel SET lease_token = NULL, lease_until = NULL, error = :error, updated_at = now(),
    next_attempt_at = clock_timestamp() + make_interval(secs => :delaySeconds)
  WHERE id = :id AND lease_token = :token`

const issueOf = (parcel: ParcelRow): string => `parcel-not-told:${parcel.id}`

/** `skipped`: the channel takes no news of parcels at all. */
type Told = FulfilmentPushOutcome | { readonly status: "skipped" }

async function tell(container: MedusaContainer, parcel: ParcelRow): Promise<Told> {
  const connection = await openConnection(container, parcel.connection_id)
  if (!connection.client.pushFulfilment) {
    return { status: "skipped" }
  }
  return connection.client.pushFulfilment({
    idempotencyKey: `hub-${parcel.id}`,
    externalOrderId: parcel.external_order_id,
    externalLocationId: parcel.external_location_id as ExternalLocationId,
    lines: parcel.content.lines,
    tracking: parcel.content.tracking,
    notifyBuyer: parcel.order_rules?.notify_buyer ?? true,
  })
}

const isWorthATry = ({ kind }: HubFailure): boolean => kind === "rate-limited" || kind === "transient"

async function putBack(
  sql: Sql,
  parcel: ParcelRow,
  { token, failure }: { token: string; failure: HubFailure }
): Promise<void> {
  const pause = backoffMs(parcel.attempts, Math.random())
  const delayMs = failure.retryAfterMs ?? (isWorthATry(failure) ? pause : Math.max(pause, REFUSED_PAUSE_MS))
  await query(sql, RETRY_SQL, { id: parcel.id, token, error: failure.message, delaySeconds: delayMs / 1_000 })
  if (!isWorthATry(failure) || parcel.attempts >= TELL_AFTER_ATTEMPTS) {
    await raiseIssues(sql, [
      {
        companyId: parcel.company_id,
        connectionId: parcel.connection_id,
        listingId: null,
        code: "parcel-not-told",
        severity: "warning",
        message:
          `${parcel.connection_name} does not know of a parcel of order ${parcel.external_number} after ${parcel.attempts} attempts, ` +
          `and is told again: ${failure.message}`,
        dedupeKey: issueOf(parcel),
      },
    ])
  }
}

async function work(
  container: MedusaContainer,
  sql: Sql,
  { parcel, token }: { parcel: ParcelRow; token: string }
): Promise<void> {
  const outcome = await tell(container, parcel).catch((error: unknown): Told => ({
    status: "failed",
    failure: toFailure(error),
  }))
  if (outcome.status === "confirmed") {
    await query(sql, CONFIRM_SQL, { id: parcel.id, token, externalId: outcome.externalFulfilmentId })
    await resolveIssues(sql, parcel.connection_id, issueOf(parcel))
    return
  }
  if (outcome.status === "skipped") {
    await query(sql, SKIP_SQL, { id: parcel.id, token })
    return
  }
  // Without an answer nobody knows: the same key is told again, and makes no second parcel.
  const failure: HubFailure =
    outcome.status === "failed" ? outcome.failure : { kind: "transient", message: outcome.message }
  await putBack(sql, parcel, { token, failure })
}

/**
 * Tells channels of parcels that wait, a few at a time, until each is confirmed. Several workers may do it at once.
 *
 * @returns whether there was anything to do
 */
export async function tellParcels(container: MedusaContainer): Promise<boolean> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const token = randomUUID()
  const parcels = await query<ParcelRow>(sql, CLAIM_SQL, {
    states: [...RUNNING_CONNECTION_STATES],
    limit: AT_ONCE,
    token,
    leaseSeconds: LEASE_SECONDS,
  })
  await Promise.all(
    parcels.map((parcel) =>
      work(container, sql, { parcel, token }).catch((error: unknown) => {
        // The lease runs out by itself, and the parcel is told again.
        const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        logger.error(`hub: parcel ${parcel.id} could not be put back: ${toFailure(error).message}`)
      })
    )
  )
  return parcels.length > 0
}
