import { generateEntityId } from "@medusajs/framework/utils"
import { query, type Sql } from "../sql"

/** What the channel said last about sending its messages. */
export interface EndpointRow {
  readonly connection_id: string
  readonly callback_url: string
  readonly checked_at: string | null
  readonly failure: string | null
  readonly subscriptions: readonly { readonly topic: string; readonly url: string | null }[] | null
  readonly missing: readonly string[] | null
  readonly repaired_at: string | null
  readonly repaired_count: number
  readonly rotated_at: string | null
  readonly previous_until: string | null
}

const time = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`

const LOAD_SQL = `
  SELECT connection_id, callback_url, failure, subscriptions, missing, repaired_count,
    ${["checked_at", "repaired_at", "rotated_at"].map(time).join(", ")},
    CASE WHEN previous_until > clock_timestamp()
      THEN to_char(previous_until AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END AS previous_until
  FROM hub_webhook_endpoint WHERE connection_id = :connectionId AND deleted_at IS NULL`

/** Null as long as the channel was never told where to send to. */
export async function loadEndpoint(sql: Sql, connectionId: string): Promise<EndpointRow | null> {
  const [row] = await query<EndpointRow>(sql, LOAD_SQL, { connectionId })
  return row ?? null
}

const REMEMBER_SQL = `
  INSERT INTO hub_webhook_endpoint AS e (id, company_id, connection_id, callback_url)
  VALUES (:id, :companyId, :connectionId, :callbackUrl)
  ON CONFLICT (connection_id) WHERE deleted_at IS NULL DO UPDATE SET callback_url = excluded.callback_url, updated_at = now()`

/** Keeps where the channel was told to send to, so that it can be told again. */
export async function rememberEndpoint(
  sql: Sql,
  endpoint: { readonly connectionId: string; readonly companyId: string; readonly callbackUrl: string }
): Promise<void> {
  await query(sql, REMEMBER_SQL, { id: generateEntityId(undefined, "hwhep"), ...endpoint })
}

const CHECKED_SQL = `
  UPDATE hub_webhook_endpoint SET checked_at = clock_timestamp(), failure = :failure,
    subscriptions = CAST(:subscriptions AS jsonb), missing = CAST(:missing AS jsonb),
    repaired_at = CASE WHEN :repaired > 0 THEN clock_timestamp() ELSE repaired_at END,
    repaired_count = repaired_count + :repaired, updated_at = now()
  WHERE connection_id = :connectionId AND deleted_at IS NULL`

export interface CheckedEndpoint {
  readonly connectionId: string
  readonly failure: string | null
  /** Null where the channel cannot tell. */
  readonly subscriptions: EndpointRow["subscriptions"]
  readonly missing: readonly string[]
  /** Topics that were missing and are there again. */
  readonly repaired: number
}

/** Keeps what a look at the subscriptions has found. */
export async function noteChecked(sql: Sql, checked: CheckedEndpoint): Promise<void> {
  await query(sql, CHECKED_SQL, {
    connectionId: checked.connectionId,
    failure: checked.failure,
    subscriptions: checked.subscriptions === null ? null : JSON.stringify(checked.subscriptions),
    missing: JSON.stringify(checked.missing),
    repaired: checked.repaired,
  })
}

const ROTATED_SQL = `
  UPDATE hub_webhook_endpoint SET rotated_at = clock_timestamp(),
    previous_until = clock_timestamp() + make_interval(secs => :validSeconds), failure = :failure, updated_at = now()
  WHERE connection_id = :connectionId AND deleted_at IS NULL`

/**
 * Keeps that the secret was replaced, and how long the one before it still opens messages.
 *
 * @param failure why the channel has not been told yet; null when nothing has to be told
 */
export async function noteRotated(
  sql: Sql,
  connectionId: string,
  rotated: { readonly validSeconds: number; readonly failure: string | null }
): Promise<void> {
  await query(sql, ROTATED_SQL, { connectionId, ...rotated })
}
