import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { ConnectorDefinition } from "../../connectors/define-connector"
import { parseOptions } from "../../connectors/define-options"
import type { HubOAuth } from "../../types/http/webhooks"
import { requireConnection } from "../connection/describe-connection"
import { givenSettings, integrationConfig, valuesOf } from "../connections"
import { OAUTH_TOKENS, readKept, splitHubSecrets } from "../hub-secrets"
import type { ConnectionRow } from "../queries/load-connection"
import { registryOf } from "../registry"
import { query, type Sql } from "../sql"

const STAND_SQL = `
  SELECT scopes, authorised_at, authorised_by, refreshed_at, expires_at, refresh_expires_at, failure,
    COALESCE(expires_at <= clock_timestamp(), FALSE) AS is_expired
  FROM hub_oauth_grant WHERE connection_id = :connectionId AND deleted_at IS NULL`

type Stand = Pick<
  HubOAuth,
  "scopes" | "authorised_at" | "authorised_by" | "refreshed_at" | "expires_at" | "refresh_expires_at" | "failure"
> & { readonly is_expired: boolean }

const NO_STAND: Stand = {
  scopes: [],
  authorised_at: null,
  authorised_by: null,
  refreshed_at: null,
  expires_at: null,
  refresh_expires_at: null,
  failure: null,
  is_expired: false,
}

interface Asked {
  readonly grant: HubOAuth["grant"]
  readonly scopes: readonly string[]
}

const NOT_ASKED: Asked = { grant: null, scopes: [] }

function askedOf(
  container: MedusaContainer,
  { definition, row }: { readonly definition: ConnectorDefinition | null; readonly row: ConnectionRow },
  secrets: Readonly<Record<string, string>>
): Asked {
  if (!definition?.oauth) {
    return NOT_ASKED
  }
  const given = valuesOf(givenSettings(container, row))
  const options = parseOptions(definition.options, { ...row.options, ...secrets, ...given })
  return options.ok
    ? { grant: definition.oauth.grant(options.value), scopes: definition.oauth.scopes(options.value) }
    : NOT_ASKED
}

function stateOf(
  { grant }: Asked,
  { row, stand }: { readonly row: ConnectionRow; readonly stand: Stand },
  kept: ReturnType<typeof readKept>
): HubOAuth["state"] {
  if (grant === null) {
    return "not-needed"
  }
  if (kept === null) {
    return grant === "client-credentials" ? "valid" : "missing"
  }
  const cannotBeRenewed = stand.is_expired && kept.refresh === null && grant === "authorization-code"
  return cannotBeRenewed || row.state === "needs-reauthorisation" ? "ended" : "valid"
}

/** What is known of a connection's tokens. Throws `not-found`. */
export async function describeOAuth(
  container: MedusaContainer,
  connectionId: string,
  redirectUri: string
): Promise<HubOAuth> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const row = await requireConnection(sql, connectionId)
  const registry = registryOf(container)
  const definition = registry.has(row.connector_id) ? registry.get(row.connector_id) : null
  // Most channels hand out no tokens: nothing is opened for them.
  const stored = definition?.oauth ? await integrationConfig(container).readSecrets(connectionId) : {}
  const { settings, own } = splitHubSecrets(stored)
  const asked = askedOf(container, { definition, row }, settings)
  const [found] = await query<Stand>(sql, STAND_SQL, { connectionId })
  const { is_expired: _isExpired, ...stand } = found ?? NO_STAND
  return {
    grant: asked.grant,
    state: stateOf(asked, { row, stand: found ?? NO_STAND }, readKept(own[OAUTH_TOKENS])),
    asked_scopes: [...asked.scopes],
    ...stand,
    redirect_uri: redirectUri,
  }
}
