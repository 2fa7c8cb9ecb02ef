import { randomBytes } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { RunningChannel } from "../../../scripts/demo/worlds/simulators"
import { openConnection, WEBHOOK_SECRET } from "../../../src/engine/connections"
import { importPage, linkListings } from "../../../src/engine/listings/import-listings"
import { query, type Sql } from "../../../src/engine/sql"
import { parseKeyRing, sealSecret } from "../../../src/modules/integration-config/core/envelope"
import { FaultChannel } from "./fault-channel"
import { KEYS, SALES_CHANNEL } from "./shop-template"

const COMPANY = "hcomp_default"

const CONNECTION_SQL = `
  INSERT INTO hub_connection (id, company_id, name, connector_id, state, options, sales_channel_id, quantity_rule, connected_at,
    allowed_operations)
  VALUES (:id, :company, :name, 'simulator', 'connected', CAST(:options AS jsonb),
    (SELECT id FROM sales_channel WHERE name = :salesChannel), '{}', now(),
    '{read-listings,read-stock,write-stock,read-orders,webhooks}')`

const MAPPING_SQL = `
  INSERT INTO hub_location_mapping (id, company_id, connection_id, stock_location_id, external_location_id)
  SELECT 'hlmap_' || md5(:id || location.id), :company, :id, location.id, '*' FROM stock_location location`

/** Rows change every number of a channel within seconds. Somebody has told the guard that this is meant. */
const GUARD_SQL = `
  INSERT INTO hub_lane (id, company_id, connection_id, guard_state, guard_since)
  VALUES ('hlane_' || md5(:id), :company, :id, 'released', clock_timestamp())`

const CREDENTIAL_SQL = `
  INSERT INTO hub_credential (id, company_id, connection_id, name, ciphertext, key_id)
  VALUES ('hcred_' || md5(:connectionId || :name), :company, :connectionId, :name, :ciphertext, :keyId)`

async function storeSecret(sql: Sql, connectionId: string, name: string, secret: string): Promise<void> {
  const ring = parseKeyRing(KEYS)
  if (!ring.ok) {
    throw new Error(ring.error.message)
  }
  const sealed = sealSecret(ring.value, { table: "hub_credential", connectionId, field: name }, secret)
  await query(sql, CREDENTIAL_SQL, {
    connectionId,
    company: COMPANY,
    name,
    ciphertext: sealed.text,
    keyId: sealed.keyId,
  })
}

/** Connects a channel by writing the rows that the admin's API would write, and reads its listings in. */
export async function connectChannel(
  container: MedusaContainer,
  running: RunningChannel,
  options: Readonly<Record<string, unknown>>
): Promise<FaultChannel> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const connectionId = `hconn_${randomBytes(6).toString("hex")}`
  const webhookSecret = `whsec_${randomBytes(32).toString("base64")}`
  await query(sql, CONNECTION_SQL, {
    id: connectionId,
    company: COMPANY,
    name: running.name,
    options: JSON.stringify(options),
    salesChannel: SALES_CHANNEL,
  })
  await query(sql, MAPPING_SQL, { id: connectionId, company: COMPANY })
  await query(sql, GUARD_SQL, { id: connectionId, company: COMPANY })
  await storeSecret(sql, connectionId, "token", running.token)
  await storeSecret(sql, connectionId, WEBHOOK_SECRET, webhookSecret)
  const connection = await openConnection(container, connectionId)
  let cursor: string | null = null
  do {
    cursor = (await importPage(sql, connection, cursor)).nextCursor
  } while (cursor !== null)
  await linkListings(sql, connectionId)
  return new FaultChannel(running, connectionId, webhookSecret)
}
