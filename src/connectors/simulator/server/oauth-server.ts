import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import type { SimulatorSettings } from "./settings"

type OAuthSettings = NonNullable<SimulatorSettings["oauth"]>

interface Code {
  readonly redirectUri: string
  readonly challenge: string | null
}

interface Grant {
  readonly scope: string
  refreshToken: string
  access: Map<string, number>
}

/** What the token endpoint says: a success, or OAuth's own name of what is wrong. */
export type TokenAnswer =
  | { readonly status: 200; readonly body: Readonly<Record<string, unknown>> }
  | { readonly status: 400 | 401 | 503; readonly body: { readonly error: string } }

const random = (): string => randomBytes(24).toString("base64url")

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()

const isSame = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right))

const refused = (error: string, status: 400 | 401 | 503 = 400): TokenAnswer => ({ status, body: { error } })

/**
 * The channel's side of OAuth 2: codes that work once, PKCE with S256, tokens that end, and refresh tokens that rotate. One that is
 * used a second time ends the whole grant, as the careful servers do.
 */
export class OAuthServer {
  readonly #settings: OAuthSettings
  readonly #now: () => number
  readonly #codes = new Map<string, Code>()
  readonly #grants = new Set<Grant>()
  readonly #usedUp = new Map<string, Grant>()
  /** The token endpoint is down for the next so many calls. */
  downFor = 0
  readonly counts = { codes: 0, refreshes: 0, reuses: 0 }

  constructor(settings: OAuthSettings, now: () => number = () => performance.now()) {
    this.#settings = settings
    this.#now = now
  }

  /** The person has said yes. @returns the address that they are sent back to, or null for a request that is not sound */
  allow(query: Readonly<Record<string, string>>): string | null {
    const back = this.#wayBack(query)
    if (!back) {
      return null
    }
    const code = random()
    this.#codes.set(code, { redirectUri: query.redirect_uri ?? "", challenge: query.code_challenge ?? null })
    back.searchParams.set("code", code)
    return back.href
  }

  /** The person has said no. */
  deny(query: Readonly<Record<string, string>>): string | null {
    const back = this.#wayBack(query)
    back?.searchParams.set("error", "access_denied")
    return back?.href ?? null
  }

  token(form: Readonly<Record<string, string>>): TokenAnswer {
    const { client_id: id, client_secret: secret } = this.#settings
    if (this.downFor > 0) {
      this.downFor -= 1
      return refused("temporarily_unavailable", 503)
    }
    if (!isSame(form.client_id ?? "", id) || !isSame(form.client_secret ?? "", secret)) {
      return refused("invalid_client", 401)
    }
    switch (form.grant_type) {
      case "authorization_code":
        return this.#exchange(form)
      case "refresh_token":
        return this.#refresh(form.refresh_token ?? "")
      case "client_credentials":
        return this.#issue({ scope: "stock orders", refreshToken: "", access: new Map() })
      default:
        return refused("unsupported_grant_type")
    }
  }

  accepts(accessToken: string): boolean {
    const now = this.#now()
    return [...this.#grants].some((grant) => (grant.access.get(accessToken) ?? 0) > now)
  }

  /** The merchant takes the access away: every token is worth nothing at once. */
  revoke(): void {
    this.#grants.clear()
  }

  /** Every access token ends now; refresh tokens stay. */
  expire(): void {
    for (const grant of this.#grants) {
      grant.access.clear()
    }
  }

  #wayBack(query: Readonly<Record<string, string>>): URL | null {
    const { redirect_uri: redirectUri = "", client_id: clientId, response_type: type, state = "" } = query
    const isSound =
      clientId === this.#settings.client_id &&
      type === "code" &&
      URL.canParse(redirectUri) &&
      (query.code_challenge === undefined || query.code_challenge_method === "S256")
    if (!isSound) {
      return null
    }
    const back = new URL(redirectUri)
    back.searchParams.set("state", state)
    return back
  }

  #exchange(form: Readonly<Record<string, string>>): TokenAnswer {
    const code = this.#codes.get(form.code ?? "")
    this.#codes.delete(form.code ?? "")
    const challenge = createHash("sha256")
      .update(form.code_verifier ?? "")
      .digest("base64url")
    if (!code || code.redirectUri !== form.redirect_uri || (code.challenge !== null && code.challenge !== challenge)) {
      return refused("invalid_grant")
    }
    this.counts.codes += 1
    return this.#issue({ scope: "stock orders", refreshToken: random(), access: new Map() })
  }

  #refresh(refreshToken: string): TokenAnswer {
    const stolen = this.#usedUp.get(refreshToken)
    if (stolen) {
      this.counts.reuses += 1
      this.#grants.delete(stolen)
      return refused("invalid_grant")
    }
    const grant = [...this.#grants].find((each) => each.refreshToken !== "" && isSame(each.refreshToken, refreshToken))
    if (!grant) {
      return refused("invalid_grant")
    }
    this.counts.refreshes += 1
    if (this.#settings.rotates) {
      this.#usedUp.set(refreshToken, grant)
      grant.refreshToken = random()
    }
    return this.#issue(grant)
  }

  #issue(grant: Grant): TokenAnswer {
    const accessToken = `at_${random()}`
    const { token_seconds: seconds } = this.#settings
    grant.access.set(accessToken, this.#now() + seconds * 1_000)
    this.#grants.add(grant)
    return {
      status: 200,
      body: {
        token_type: "bearer",
        access_token: accessToken,
        expires_in: seconds,
        scope: grant.scope,
        ...(grant.refreshToken === "" ? {} : { refresh_token: grant.refreshToken }),
      },
    }
  }
}
