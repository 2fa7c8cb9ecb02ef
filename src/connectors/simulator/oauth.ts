import { HubError, type HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import type { HttpRequest, HttpResponse } from "../../types/http-port"
import type { OptionValues } from "../define-options"
import type { OAuthDefinition, OAuthTokens, TokenAsk } from "../oauth"
import type { simulatorOptions } from "./options"
import { tokenProblemSchema, tokensSchema } from "./schema"

type Options = OptionValues<typeof simulatorOptions>

const SCOPES = ["stock", "orders"] as const

const askFields = (ask: TokenAsk): Record<string, string> => {
  switch (ask.kind) {
    case "code":
      return {
        grant_type: "authorization_code",
        code: ask.code,
        redirect_uri: ask.redirectUri,
        ...(ask.codeVerifier === null ? {} : { code_verifier: ask.codeVerifier }),
      }
    case "refresh":
      return { grant_type: "refresh_token", refresh_token: ask.refreshToken }
    case "client-credentials":
      return { grant_type: "client_credentials" }
  }
}

/** What is wrong with the grant or the app, a person has to put right. Everything else may pass. */
function readTokens({ status, body, retryAfterMs }: HttpResponse): Result<OAuthTokens, HubFailure> {
  const tokens = tokensSchema.safeParse(body)
  if (status === 200 && tokens.success) {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, scope } = tokens.data
    return ok({
      accessToken,
      refreshToken: refreshToken ?? null,
      expiresInSeconds: seconds ?? null,
      refreshExpiresInSeconds: null,
      scopes: scope?.split(" ") ?? [],
    })
  }
  const problem = tokenProblemSchema.safeParse(body)
  const word = problem.success ? problem.data.error.slice(0, 100) : String(status)
  if (status === 429) {
    return err({
      kind: "rate-limited",
      message: "The simulator asks us to call less often.",
      retryAfterMs: retryAfterMs ?? 1_000,
    })
  }
  return status === 400 || status === 401 || status === 403
    ? err({ kind: "auth", message: `The simulator gave no token (${word}).`, vendorCode: word })
    : err({ kind: "transient", message: `The simulator gave no token just now (${word}).` })
}

/** Tokens of a simulator that was started with `oauth`: a person allows the app, refresh tokens rotate. */
export const simulatorOAuth: OAuthDefinition<Options> = {
  grant: ({ token, client_id: clientId }) =>
    token === undefined && clientId !== undefined ? "authorization-code" : null,
  pkce: true,
  scopes: () => SCOPES,
  authorizeUrl: ({ base_url: baseUrl, client_id: clientId }, { redirectUri, state, codeChallenge }) => {
    const url = new URL(`${baseUrl.replace(/\/+$/, "")}/oauth/authorize`)
    url.search = new URLSearchParams({
      response_type: "code",
      client_id: clientId ?? "",
      redirect_uri: redirectUri,
      scope: SCOPES.join(" "),
      state,
      ...(codeChallenge === null ? {} : { code_challenge: codeChallenge, code_challenge_method: "S256" }),
    }).toString()
    return url.href
  },
  tokenRequest: ({ client_id: clientId, client_secret: clientSecret }, ask): HttpRequest => {
    if (clientId === undefined || clientSecret === undefined) {
      throw new HubError({ kind: "invalid-data", message: 'Enter "client_id" and "client_secret" of the app.' })
    }
    return {
      method: "POST",
      path: "/oauth/token",
      form: { ...askFields(ask), client_id: clientId, client_secret: clientSecret },
    }
  },
  readTokens,
}
