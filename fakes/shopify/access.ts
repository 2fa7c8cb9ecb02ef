import { createHmac, randomBytes } from "node:crypto"
import type { FakeShopifySettings } from "./settings"

interface Granted {
  readonly until: number
}

/** Who may come in: a lasting token, tokens of the app itself, and tokens that a merchant allowed. */
export class Access {
  private readonly tokens = new Map<string, Granted>()
  private readonly codes = new Set<string>()
  private readonly refreshTokens = new Set<string>()
  isUninstalled = false

  constructor(
    private readonly settings: FakeShopifySettings,
    private readonly now: () => number
  ) {}

  mayEnter(token: string | undefined): boolean {
    if (token === undefined || this.isUninstalled) {
      return false
    }
    return token === this.settings.token || (this.tokens.get(token)?.until ?? 0) > this.now()
  }

  /** Every token but the lasting one is worth nothing from now on. */
  revoke(): void {
    this.tokens.clear()
    this.refreshTokens.clear()
  }

  /** The answer of the token endpoint. */
  grant(body: Readonly<Record<string, unknown>>): { readonly status: number; readonly body: unknown } {
    const { settings } = this
    const isApp = body.client_id === settings.client_id && body.client_secret === settings.client_secret
    if (!isApp || this.isUninstalled) {
      return { status: 400, body: { error: isApp ? "app_not_installed" : "invalid_client" } }
    }
    if (body.grant_type === "client_credentials") {
      return { status: 200, body: this.newToken(settings.token_seconds) }
    }
    const isAllowed =
      body.grant_type === "refresh_token"
        ? this.refreshTokens.delete(String(body.refresh_token))
        : this.codes.delete(String(body.code))
    if (!isAllowed) {
      return { status: 400, body: { error: "invalid_grant" } }
    }
    const refreshToken = `shprt_${randomBytes(12).toString("hex")}`
    this.refreshTokens.add(refreshToken)
    return {
      status: 200,
      body: {
        ...this.newToken(Math.min(3_600, settings.token_seconds)),
        refresh_token: refreshToken,
        refresh_token_expires_in: 7_776_000,
      },
    }
  }

  private newToken(seconds: number): { access_token: string; scope: string; expires_in: number } {
    const token = `shpca_${randomBytes(16).toString("hex")}`
    this.tokens.set(token, { until: this.now() + seconds * 1_000 })
    return { access_token: token, scope: this.settings.scopes.join(","), expires_in: seconds }
  }

  /** Where the merchant is sent who says yes. */
  wayBack(query: URLSearchParams, shop: string): string {
    const code = randomBytes(16).toString("hex")
    this.codes.add(code)
    const back = new URLSearchParams({
      code,
      shop,
      state: query.get("state") ?? "",
      timestamp: String(Math.floor(this.now() / 1_000)),
    })
    const message = [...back.keys()]
      .sort()
      .map((name) => `${name}=${back.get(name) ?? ""}`)
      .join("&")
    back.set("hmac", createHmac("sha256", this.settings.client_secret).update(message).digest("hex"))
    return `${query.get("redirect_uri") ?? ""}?${back.toString()}`
  }
}
