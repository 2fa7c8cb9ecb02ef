import { randomBytes, type KeyObject } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId } from "@medusajs/framework/utils"
import type { ConnectorDefinition } from "../../connectors/define-connector"
import { parseOptions, splitSecrets } from "../../connectors/define-options"
import { HubError } from "../../lib/errors"
import { challengeOf, readState, signState, verifierOf } from "../../lib/oauth-state"
import { recordChange } from "../connection/record-change"
import { requireConnection } from "../connection/describe-connection"
import { givenSettings, integrationConfig, valuesOf } from "../connections"
import { secretValues, splitHubSecrets } from "../hub-secrets"
import { resolveIssues } from "../issues"
import { moveIfPossible } from "../move-connection"
import { outboundOf } from "../outbound/outbound"
import { registryOf } from "../registry"
import { query, type Sql } from "../sql"
import { wakeEngine } from "../wake"
import { askTokens, type TokenSettings } from "./ask-tokens"
import { TokenStore } from "./token-store"

/** How long a person may take on the channel's page. */
const PENDING_SECONDS = 600

const BEGIN_SQL = `
  INSERT INTO hub_oauth_grant (id, company_id, connection_id, pending_nonce, pending_until, pending_by, pending_redirect_uri,
    pending_return_to)
  VALUES (:id, :companyId, :connectionId, :nonce, clock_timestamp() + make_interval(secs => :seconds), :requestedBy,
    :redirectUri, :returnTo)
  ON CONFLICT (connection_id) WHERE deleted_at IS NULL DO UPDATE SET pending_nonce = excluded.pending_nonce,
    pending_until = excluded.pending_until, pending_by = excluded.pending_by,
    pending_redirect_uri = excluded.pending_redirect_uri, pending_return_to = excluded.pending_return_to, updated_at = now()`

/** Whoever comes second with the same state finds nothing. */
const CONSUME_SQL = `
  WITH before AS (
    SELECT id, pending_by, pending_redirect_uri, pending_return_to, pending_until > clock_timestamp() AS is_in_time
    FROM hub_oauth_grant
    WHERE connection_id = :connectionId AND pending_nonce = :nonce AND deleted_at IS NULL FOR UPDATE
  )
  UPDATE hub_oauth_grant g SET pending_nonce = NULL, pending_until = NULL, updated_at = now()
  FROM before WHERE g.id = before.id
  RETURNING before.pending_by AS requested_by, before.pending_redirect_uri AS redirect_uri,
    before.pending_return_to AS return_to, before.is_in_time`

const AUTHORISED_SQL = `
  UPDATE hub_oauth_grant SET authorised_at = clock_timestamp(), authorised_by = :requestedBy, updated_at = now()
  WHERE connection_id = :connectionId AND deleted_at IS NULL`

/** The key that signs what goes to a channel and comes back. Throws `unsupported` without a key ring. */
function stateKey(container: MedusaContainer): KeyObject {
  const ring = integrationConfig(container).keyRing
  const key = ring?.keys.get(ring.encryptWith)
  if (!key) {
    throw new HubError({
      kind: "unsupported",
      message: "Nothing can be authorised: the plugin option encryption_keys is not set.",
    })
  }
  return key
}

/** Every key that may have signed it: none without a key ring. */
const stateKeys = (container: MedusaContainer): readonly KeyObject[] => [
  ...(integrationConfig(container).keyRing?.keys.values() ?? []),
]

interface OAuthConnection {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly settings: TokenSettings
}

/** A connection whose channel lets people authorise. Throws `conflict` for any other, and `invalid-data` for a draft without settings. */
async function loadOAuthConnection(container: MedusaContainer, connectionId: string): Promise<OAuthConnection> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const row = await requireConnection(sql, connectionId)
  const registry = registryOf(container)
  const definition: ConnectorDefinition | null = registry.has(row.connector_id) ? registry.get(row.connector_id) : null
  if (!definition?.oauth) {
    throw new HubError({
      kind: "conflict",
      message: `${row.name} is not authorised at its channel: it has no such page.`,
    })
  }
  const stored = splitHubSecrets(await integrationConfig(container).readSecrets(connectionId))
  const given = valuesOf(givenSettings(container, row))
  const options = parseOptions(definition.options, { ...row.options, ...stored.settings, ...given })
  if (!options.ok) {
    throw new HubError(options.error)
  }
  if (definition.oauth.grant(options.value) !== "authorization-code") {
    throw new HubError({
      kind: "conflict",
      message: `${row.name} needs nobody's permission with these settings: it has a token of its own.`,
    })
  }
  const { secrets } = splitSecrets(definition.options, options.value)
  return {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    settings: {
      definition,
      oauth: definition.oauth,
      options: options.value,
      owner: { connectionId: row.id, companyId: row.company_id },
      secrets: [...Object.values(secrets), ...secretValues(stored.own)],
      limits: definition.limits?.(options.value) ?? [],
    },
  }
}

export interface AuthorisationRequest {
  /** Our own address that the channel sends the person back to. */
  readonly redirectUri: string
  /** Where the person goes from there; null for a page of ours that says how it went. */
  readonly returnTo: string | null
  readonly requestedBy: string | null
}

/**
 * Begins an authorisation. One that is under way is forgotten: its state works no more.
 *
 * @returns the page of the channel on which the person says yes
 */
export async function beginAuthorisation(
  container: MedusaContainer,
  connectionId: string,
  { redirectUri, returnTo, requestedBy }: AuthorisationRequest
): Promise<string> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const connection = await loadOAuthConnection(container, connectionId)
  const { oauth, options } = connection.settings
  const key = stateKey(container)
  const nonce = randomBytes(18).toString("base64url")
  await query(sql, BEGIN_SQL, {
    id: generateEntityId(undefined, "hoaut"),
    companyId: connection.companyId,
    connectionId,
    nonce,
    seconds: PENDING_SECONDS,
    requestedBy,
    redirectUri,
    returnTo,
  })
  const url = oauth.authorizeUrl?.(options, {
    redirectUri,
    state: signState(key, { connectionId, nonce }),
    codeChallenge: oauth.pkce ? challengeOf(verifierOf(key, nonce)) : null,
  })
  if (url === undefined) {
    throw new HubError({
      kind: "bug",
      message: `${connection.settings.definition.id} does not say where to authorise.`,
    })
  }
  return url
}

interface Consumed {
  readonly requested_by: string | null
  readonly redirect_uri: string
  readonly return_to: string | null
  readonly is_in_time: boolean
}

/** How an authorisation ended, and where the person goes from there. */
export interface Authorised {
  readonly connectionId: string
  readonly name: string
  readonly returnTo: string | null
  /** Null when it went well; otherwise a sentence. */
  readonly problem: string | null
}

const worn = new HubError({
  kind: "auth",
  message: "This authorisation was used already, or it took too long. Begin it again on the connection's page.",
})

/**
 * Ends an authorisation with what the channel sent the person back with: the tokens are stored, a connection that waited for them
 * runs again, and its parked work goes on.
 *
 * Throws `auth` when this was not begun here, was ended before, or took too long. What goes wrong after that is told in
 * {@link Authorised.problem}, because then we know where the person came from.
 */
export async function endAuthorisation(
  container: MedusaContainer,
  given: Readonly<Record<string, string>>
): Promise<Authorised> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const state = readState(stateKeys(container), given.state ?? "")
  if (!state.ok) {
    throw new HubError(state.error)
  }
  const { connectionId, nonce, key } = state.value
  const [consumed] = await query<Consumed>(sql, CONSUME_SQL, { connectionId, nonce })
  if (!consumed?.is_in_time) {
    throw worn
  }
  const connection = await loadOAuthConnection(container, connectionId)
  const verifier = connection.settings.oauth.pkce ? verifierOf(key, nonce) : null
  const problem = await takeTokens(container, connection, { given, verifier, consumed }).catch((error: unknown) =>
    error instanceof HubError ? error.message : "The channel's answer could not be used."
  )
  return { connectionId, name: connection.name, returnTo: consumed.return_to, problem }
}

interface WayBack {
  readonly given: Readonly<Record<string, string>>
  readonly verifier: string | null
  readonly consumed: Consumed
}

/** @returns null when the tokens are stored; otherwise why not */
async function takeTokens(
  container: MedusaContainer,
  connection: OAuthConnection,
  { given, verifier, consumed }: WayBack
): Promise<string | null> {
  const { oauth, options } = connection.settings
  if (given.error !== undefined || given.code === undefined) {
    return given.error === "access_denied" || given.error === undefined
      ? "It was not allowed on the channel. Nothing has changed."
      : `The channel says: ${given.error.slice(0, 100)}. Nothing has changed.`
  }
  const checked = oauth.checkCallback?.(options, given) ?? { ok: true }
  if (!checked.ok) {
    return checked.error.message
  }
  const tokens = await askTokens(outboundOf(container), connection.settings, {
    kind: "code",
    code: given.code,
    redirectUri: consumed.redirect_uri,
    codeVerifier: verifier,
  })
  const { id: connectionId, companyId } = connection
  await new TokenStore(container, { connectionId, companyId }).store(tokens)
  await afterAuthorisation(container, connectionId, consumed.requested_by)
  return null
}

async function afterAuthorisation(
  container: MedusaContainer,
  connectionId: string,
  requestedBy: string | null
): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await query(sql, AUTHORISED_SQL, { connectionId, requestedBy })
  await recordChange(sql, {
    connectionId,
    kind: "credentials",
    requestedBy,
    changes: [{ field: "oauth_tokens", from: null, to: null }],
  })
  await resolveIssues(sql, connectionId, "needs-reauthorisation", "authorisation-ends")
  await moveIfPossible(sql, { connectionId, event: "reauthorised", reason: null, requestedBy })
  wakeEngine(container)
}
