import { createHmac, timingSafeEqual } from "node:crypto"
import type { HubFailure } from "../../lib/errors"
import { err, ok, type Result } from "../../lib/result"
import type { HttpRequest, HttpResponse } from "../../types/http-port"
import type { OAuthDefinition, OAuthTokens, TokenAsk } from "../oauth"
import { tokenHeader } from "./graphql"
import { shopAddress, type ShopifyOptions } from "./options"
import { tokenSchema } from "./schema"

/** Everything that the connector can use. What the merchant leaves out, Shopify refuses by name. */
export const SHOPIFY_SCOPES = [
  "read_products",
  "read_inventory",
  "write_inventory",
  "read_locations",
  "read_orders",
  "read_merchant_managed_fulfillment_orders",
  "write_merchant_managed_fulfillment_orders",
] as const

/** Wants tokens that end: public apps must have them from 2027 on. */
const EXPIRING = "1"

function askFor(options: ShopifyOptions, ask: TokenAsk): Readonly<Record<string, string>> {
  const app = { client_id: options.client_id ?? "", client_secret: options.client_secret ?? "" }
  switch (ask.kind) {
    case "client-credentials":
      return { ...app, grant_type: "client_credentials" }
    case "code":
      return { ...app, code: ask.code, expiring: EXPIRING }
    case "refresh":
      return { ...app, grant_type: "refresh_token", refresh_token: ask.refreshToken }
  }
}

const REFUSED =
  "Shopify gives the app no token. Compare client ID and client secret, and look whether the app is installed in this shop."

function readTokens(response: HttpResponse): Result<OAuthTokens, HubFailure> {
  const { status } = response
  const vendorCode = String(status)
  if (status === 429 || (status === 503 && response.retryAfterMs !== undefined)) {
    const message = "Shopify asks us to ask for tokens less often."
    return err({ kind: "rate-limited", message, retryAfterMs: response.retryAfterMs || 1_000, vendorCode })
  }
  if (status >= 500) {
    return err({ kind: "transient", message: `Shopify answered ${status} when asked for a token.`, vendorCode })
  }
  if (status === 404) {
    return err({
      kind: "auth",
      message: "There is no shop at this address. Compare it with the shop's admin.",
      vendorCode,
    })
  }
  if (status < 200 || status >= 300) {
    return err({ kind: "auth", message: REFUSED, vendorCode })
  }
  const tokens = tokenSchema.safeParse(response.body)
  if (!tokens.success) {
    return err({ kind: "invalid-data", message: "Shopify's answer to the question for a token cannot be read." })
  }
  const { access_token, scope, expires_in, refresh_token, refresh_token_expires_in } = tokens.data
  return ok({
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresInSeconds: expires_in ?? null,
    refreshExpiresInSeconds: refresh_token_expires_in ?? null,
    scopes: (scope ?? "").split(/[\s,]+/).filter((name) => name !== ""),
  })
}

/** Whether Shopify sent the person back: it signs the query with the app's secret. */
function checkCallback(options: ShopifyOptions, query: Readonly<Record<string, string>>): Result<true, HubFailure> {
  const { hmac = "", signature: _, ...rest } = query
  const message = Object.keys(rest)
    .sort()
    .map((name) => `${name}=${rest[name] ?? ""}`)
    .join("&")
  const expected = createHmac("sha256", options.client_secret ?? "")
    .update(message)
    .digest()
  const given = Buffer.from(hmac, "hex")
  if (!options.client_secret || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return err({ kind: "auth", message: "The way back from Shopify is not signed with the app's client secret." })
  }
  const host = new URL(shopAddress(options.shop) ?? "https://nowhere.invalid").host
  return query.shop === host
    ? ok(true)
    : err({ kind: "auth", message: "The permission is for another shop than the one of this connection." })
}

export const shopifyOAuth: OAuthDefinition<ShopifyOptions> = {
  grant: ({ access_token: lasting, ask_on_shopify: asks }) =>
    lasting ? null : asks ? "authorization-code" : "client-credentials",
  pkce: false,
  scopes: () => SHOPIFY_SCOPES,
  authorizeUrl: (options, { redirectUri, state }) => {
    const query = new URLSearchParams({
      client_id: options.client_id ?? "",
      scope: SHOPIFY_SCOPES.join(","),
      redirect_uri: redirectUri,
      state,
    })
    return `${shopAddress(options.shop) ?? ""}/admin/oauth/authorize?${query.toString()}`
  },
  checkCallback,
  tokenRequest: (options, ask): HttpRequest => ({
    method: "POST",
    path: "/admin/oauth/access_token",
    body: askFor(options, ask),
    operation: "get-token",
  }),
  readTokens,
  authorise: (request, accessToken) => ({ ...request, headers: { ...request.headers, ...tokenHeader(accessToken) } }),
}
