import type { HubFailure } from "../lib/errors"
import type { Result } from "../lib/result"
import type { HttpRequest, HttpResponse } from "../types/http-port"

/**
 * How a connection comes by its access token.
 *
 * `authorization-code`: a person says yes on a page of the channel. `client-credentials`: the app asks with its own id and
 * secret, and asks again when the token ends; nobody has to say yes.
 */
export type OAuthGrantKind = "authorization-code" | "client-credentials"

/** What a token endpoint gave. */
export interface OAuthTokens {
  readonly accessToken: string
  /** Null when there is none. Where it rotates, this is the next one and the one that was used is worth nothing any more. */
  readonly refreshToken: string | null
  /** Null when it does not end. */
  readonly expiresInSeconds: number | null
  /** When the refresh token itself ends, if it does. */
  readonly refreshExpiresInSeconds: number | null
  /** What the channel says that the token may do; empty when it says nothing. */
  readonly scopes: readonly string[]
}

/** What goes into the address of the page on which a person says yes. */
export interface AuthorizeRequest {
  /** Where the channel sends the person back to. Has to be registered with the channel as it is. */
  readonly redirectUri: string
  /** Signed, for one use, made by the hub. */
  readonly state: string
  /** S256 of a verifier that only the hub knows; null when the definition offers no PKCE. */
  readonly codeChallenge: string | null
}

/** What is asked of the token endpoint. */
export type TokenAsk =
  | {
      readonly kind: "code"
      readonly code: string
      readonly redirectUri: string
      /** Null without PKCE. */
      readonly codeVerifier: string | null
    }
  | { readonly kind: "refresh"; readonly refreshToken: string }
  | { readonly kind: "client-credentials" }

/**
 * How a channel hands out tokens. The connector describes the requests; the hub sends them, keeps the tokens encrypted,
 * renews them ahead of time in one process at a time, and puts them on every request. A connector never holds one.
 *
 * Everything here is pure.
 */
export interface OAuthDefinition<Options> {
  /** Null when a connection with these options needs none, for example because a lasting token is among them. */
  grant(options: Options): OAuthGrantKind | null
  /** The channel offers PKCE with S256. */
  readonly pkce: boolean
  /** What the person is asked to allow, for people to read before they go there. */
  scopes(options: Options): readonly string[]
  /** The page on which a person says yes. Needed for `authorization-code`. */
  authorizeUrl?(options: Options, request: AuthorizeRequest): string
  /**
   * Checks what else came with the way back: a signature over the query, the name of the shop. State and code are the hub's
   * business. `auth` refuses it.
   */
  checkCallback?(options: Options, query: Readonly<Record<string, string>>): Result<true, HubFailure>
  /** Where token requests go, when not to the base URL of the connection. */
  tokenBaseUrl?(options: Options): string
  tokenRequest(options: Options, ask: TokenAsk): HttpRequest
  /**
   * Reads the answer of the token endpoint. `auth` means that the grant is gone and a person has to authorise anew;
   * `transient` and `rate-limited` that it may be tried again.
   */
  readTokens(response: HttpResponse): Result<OAuthTokens, HubFailure>
  /** Puts the token on a request. Without it: `Authorization: Bearer`. */
  authorise?(request: HttpRequest, accessToken: string): HttpRequest
}
