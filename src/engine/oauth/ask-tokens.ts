import type { ConnectorDefinition } from "../../connectors/define-connector"
import type { OptionsDescriptor, OptionValues } from "../../connectors/define-options"
import type { OAuthDefinition, OAuthTokens, TokenAsk } from "../../connectors/oauth"
import { HubError, toFailure } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { LimitDeclaration } from "../../types/limits"
import type { ExchangeOwner } from "../outbound/exchange-writer"
import type { Outbound } from "../outbound/outbound"

/** A connection's settings, as its token endpoint needs them. */
export interface TokenSettings {
  readonly definition: ConnectorDefinition
  readonly oauth: OAuthDefinition<OptionValues<OptionsDescriptor>>
  readonly options: OptionValues<OptionsDescriptor>
  /** Null for settings that are not stored. */
  readonly owner: ExchangeOwner | null
  /** Values that must not be seen in the log. */
  readonly secrets: readonly string[]
  /** As those of every other call of the connection: they count these too. */
  readonly limits: readonly LimitDeclaration[]
}

const secretsOf = (ask: TokenAsk): readonly string[] => {
  switch (ask.kind) {
    case "code":
      return ask.codeVerifier === null ? [ask.code] : [ask.code, ask.codeVerifier]
    case "refresh":
      return [ask.refreshToken]
    case "client-credentials":
      return []
  }
}

/**
 * Asks a token endpoint.
 *
 * Throws `auth` when the grant is gone, and `transient` or `rate-limited` when it may be tried again.
 */
export async function askTokens(outbound: Outbound, settings: TokenSettings, ask: TokenAsk): Promise<OAuthTokens> {
  const { definition, oauth, options, owner, secrets } = settings
  const http = outbound.open(owner, {
    baseUrl: oauth.tokenBaseUrl?.(options) ?? definition.baseUrl(options),
    secrets: [...secrets, ...secretsOf(ask)],
    limits: settings.limits,
    readUsage: definition.readUsage,
    timeoutMs: null,
  })
  const request = oauth.tokenRequest(options, ask)
  const response = await http.request({ operation: `oauth-${ask.kind}`, ...request }).catch((error: unknown) => {
    // Whether the old token is used up is not known. It is tried once more, and the answer will tell.
    throw error instanceof OutcomeUnknownError
      ? new HubError({ kind: "transient", message: toFailure(error).message }, { cause: error })
      : error
  })
  const tokens = oauth.readTokens(response)
  if (!tokens.ok) {
    throw new HubError(tokens.error)
  }
  return tokens.value
}
