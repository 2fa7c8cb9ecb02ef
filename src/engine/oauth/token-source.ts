import type { OAuthDefinition } from "../../connectors/oauth"
import type { HttpClient, HttpRequest } from "../../types/http-port"

/** Where the requests of a client get their token from. */
export interface TokenSource {
  /** One that is good for now. Throws `auth` when a person has to authorise first. */
  current(): Promise<string>
  /** Another one, because the channel has refused this one. Null when there is none to be had. */
  renew(refused: string): Promise<string | null>
}

/** RFC 6750. */
const asBearer = (request: HttpRequest, token: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, authorization: `Bearer ${token}` },
})

const UNAUTHORIZED = 401

/**
 * Puts the token of a connection on every request. A token that is refused is renewed once, and the request sent again: it was
 * turned away before anything was done.
 */
export function withTokens(
  http: HttpClient,
  oauth: Pick<OAuthDefinition<never>, "authorise">,
  tokens: TokenSource
): HttpClient {
  const authorise = oauth.authorise?.bind(oauth) ?? asBearer
  return {
    async request(request) {
      const token = await tokens.current()
      const response = await http.request(authorise(request, token))
      if (response.status !== UNAUTHORIZED) {
        return response
      }
      const next = await tokens.renew(token)
      return next === null ? response : http.request(authorise(request, next))
    },
  }
}
