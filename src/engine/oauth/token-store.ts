import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId } from "@medusajs/framework/utils"
import type { OAuthTokens } from "../../connectors/oauth"
import { renewalLead } from "../../lib/oauth-state"
import { integrationConfig } from "../integration-config"
import { OAUTH_TOKENS, readKept, type KeptTokens } from "../hub-secrets"
import { query, type Sql } from "../sql"

export type { KeptTokens }

/** What is known of the tokens apart from them. Every comparison with the time is the database's. */
export interface GrantStand {
  readonly version: number
  readonly is_due: boolean
  readonly is_expired: boolean
  /** Somebody renews them just now. */
  readonly is_leased: boolean
  /** When a renewal began whose end was never written down, ISO; null when there is none. */
  readonly interrupted_at: string | null
}

const STAND_SQL = `
  SELECT version, COALESCE(refresh_after <= clock_timestamp(), FALSE) AS is_due,
    COALESCE(expires_at <= clock_timestamp(), FALSE) AS is_expired,
    COALESCE(lease_until > clock_timestamp(), FALSE) AS is_leased,
    to_char(refresh_begun_at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS interrupted_at
  FROM hub_oauth_grant WHERE connection_id = :connectionId AND deleted_at IS NULL`

const LEASE_SQL = `
  UPDATE hub_oauth_grant g SET lease_token = :lease, lease_until = clock_timestamp() + make_interval(secs => :seconds),
    refresh_begun_at = clock_timestamp(), updated_at = now()
  WHERE g.connection_id = :connectionId AND g.deleted_at IS NULL AND g.version = :version
    AND (g.lease_until IS NULL OR g.lease_until <= clock_timestamp())
  RETURNING g.id`

const END_SQL = `
  UPDATE hub_oauth_grant SET lease_token = NULL, lease_until = NULL, refresh_begun_at = NULL, failure = :failure,
    refresh_after = CASE WHEN CAST(:againSeconds AS float8) IS NULL THEN refresh_after
      ELSE clock_timestamp() + make_interval(secs => :againSeconds) END, updated_at = now()
  WHERE connection_id = :connectionId AND lease_token = :lease AND deleted_at IS NULL`

const STORED_SQL = `
  INSERT INTO hub_oauth_grant AS g (id, company_id, connection_id, version, scopes, refreshed_at, expires_at, refresh_after,
    refresh_expires_at)
  VALUES (:id, :companyId, :connectionId, 1, ARRAY(SELECT jsonb_array_elements_text(CAST(:scopes AS jsonb))),
    clock_timestamp(), clock_timestamp() + make_interval(secs => :expires), clock_timestamp() + make_interval(secs => :renewal),
    clock_timestamp() + make_interval(secs => :refreshExpires))
  ON CONFLICT (connection_id) WHERE deleted_at IS NULL DO UPDATE SET version = g.version + 1,
    scopes = CASE WHEN cardinality(excluded.scopes) > 0 THEN excluded.scopes ELSE g.scopes END,
    refreshed_at = excluded.refreshed_at, expires_at = excluded.expires_at, refresh_after = excluded.refresh_after,
    refresh_expires_at = COALESCE(excluded.refresh_expires_at, g.refresh_expires_at),
    lease_token = NULL, lease_until = NULL, refresh_begun_at = NULL, failure = NULL, updated_at = now()`

/** Longer than any token endpoint may take. Whoever dies with it gives it back after this time. */
const LEASE_SECONDS = 60

export interface TokenOwner {
  readonly connectionId: string
  readonly companyId: string
}

/** Where the tokens of one connection are kept, and the lock under which they are renewed. */
export class TokenStore {
  private readonly sql: Sql

  constructor(
    private readonly container: MedusaContainer,
    private readonly owner: TokenOwner
  ) {
    this.sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  }

  async read(): Promise<KeptTokens | null> {
    const stored = await integrationConfig(this.container).readSecrets(this.owner.connectionId)
    return readKept(stored[OAUTH_TOKENS])
  }

  async stand(): Promise<GrantStand | null> {
    const [stand] = await query<GrantStand>(this.sql, STAND_SQL, { connectionId: this.owner.connectionId })
    return stand ?? null
  }

  /**
   * Takes the lock that all processes share, for as long as nobody has stored other tokens than those that were seen.
   *
   * @returns null when somebody else has it or was faster
   */
  async lease(version: number): Promise<string | null> {
    const lease = randomUUID()
    const { connectionId } = this.owner
    const taken = await query(this.sql, LEASE_SQL, { connectionId, version, lease, seconds: LEASE_SECONDS })
    return taken.length > 0 ? lease : null
  }

  /** Gives the lock back without new tokens. */
  async giveUp(lease: string, failure: string, againSeconds: number | null): Promise<void> {
    await query(this.sql, END_SQL, { connectionId: this.owner.connectionId, lease, failure, againSeconds })
  }

  /**
   * Stores tokens before anybody uses them. The secret first: whoever dies between the two leaves tokens that are good and a note
   * that says "due", and the next one renews them with the refresh token that is stored.
   */
  async store(tokens: OAuthTokens): Promise<void> {
    const { connectionId, companyId } = this.owner
    const kept: KeptTokens = { access: tokens.accessToken, refresh: tokens.refreshToken }
    await integrationConfig(this.container).setSecrets({
      companyId,
      connectionId,
      secrets: { [OAUTH_TOKENS]: JSON.stringify(kept) },
      // New tokens take the place of those that nobody can open any more.
      replaceUnreadable: [OAUTH_TOKENS],
    })
    const life = tokens.expiresInSeconds
    await query(this.sql, STORED_SQL, {
      id: generateEntityId(undefined, "hoaut"),
      companyId,
      connectionId,
      scopes: JSON.stringify(tokens.scopes),
      expires: life,
      renewal: life === null ? null : life - renewalLead(life),
      refreshExpires: tokens.refreshExpiresInSeconds,
    })
  }
}
